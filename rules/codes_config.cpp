#include "rules/codes.hpp"

namespace lockgate::rules {

std::span<const CodeHelp> codes_of_config() {
  static constexpr CodeHelp kCodes[] = {
      {.code = "LG400",
       .title = "the configuration",
       .meaning =
           "Something in `lockgate.toml`, in `boards/` or in `sources/` is missing, misspelt or "
           "does not fit together, or a secret cannot be read.  The server does not start with "
           "half a configuration.",
       .mend = "Do what the message says, then run `lockgate check` on the folder again.",
       .wrong = "council = \"Test Council\"\npublic_url = \"https://lockgate.example.gov.uk\"\n"
                "workers = 0\n",
       .right = "council = \"Test Council\"\npublic_url = \"https://lockgate.example.gov.uk\"\n"
                "workers = 4\n",
       .example = ExampleOf::config},
      {.code = "LG401",
       .title = "rule files that cannot be read",
       .meaning = "A folder or file that `rules` names is not there, cannot be opened, holds no "
                  "rule file, or holds too many.",
       .mend = "Correct the path; it counts from the folder that holds `lockgate.toml`.  `packs` "
               "are the rules that Lockgate ships.",
       .wrong = "council = \"Test Council\"\npublic_url = \"https://lockgate.example.gov.uk\"\n"
                "rules = [\"pakcs\"]\n",
       .right = "council = \"Test Council\"\npublic_url = \"https://lockgate.example.gov.uk\"\n"
                "rules = [\"packs\"]\n",
       .example = ExampleOf::config},
  };
  return kCodes;
}

}  // namespace lockgate::rules
