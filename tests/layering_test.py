#!/usr/bin/env python3
"""Holds every #include to the house's layers: who may include whom, and which libraries where.

    tests/layering_test.py [ROOT]       prints each offence as file:line and exits 1
    tests/layering_test.py --self-test  shows on a made-up tree that offences are found
"""

import pathlib
import re
import sys
import tempfile

# Our own modules.  A file belongs to the longest of these that its path begins
# with, and may include its own module and those listed.
MODULES = {
    "include/lockgate": [],
    "rules/cel": ["include/lockgate"],
    "rules": ["include/lockgate", "rules/cel"],
    "adapters": ["include/lockgate"],
    "plugin/workflow": ["include/lockgate"],
    "plugin/record": ["include/lockgate"],
    "plugin/store": ["include/lockgate", "plugin/record"],
    "plugin/net": ["include/lockgate"],
    "plugin/gate": ["include/lockgate", "rules", "plugin/workflow", "plugin/record", "plugin/net"],
    "plugin/web": ["include/lockgate", "rules", "plugin/workflow", "plugin/record", "plugin/gate",
                   "plugin/net"],
    "plugin/app": ["include/lockgate", "rules", "rules/cel", "adapters", "plugin/workflow",
                   "plugin/record", "plugin/store", "plugin/net", "plugin/gate", "plugin/web"],
}

# Libraries by the beginning of an <include>, and the modules or single files
# that may use them.  What stands here for no beginning is an offence too.
EVERYWHERE = [*MODULES]
ALL_BUT_LANGUAGE = [module for module in MODULES if module != "include/lockgate"]
LIBRARIES = {
    "tl/expected": EVERYWHERE,
    "boost/json": ALL_BUT_LANGUAGE,
    "sodium": ALL_BUT_LANGUAGE,
    "re2/": ["rules/cel"],
    "date/": ["rules/cel", "plugin/gate"],
    "toml++/": ["rules", "plugin/app"],
    "simdjson.h": ["rules"],
    "soci/": ["plugin/store"],
    "sqlite3.h": ["plugin/store"],
    "libpq-fe.h": ["plugin/store"],
    "boost/asio": ["plugin/net", "plugin/gate/outbox"],
    "boost/beast": ["plugin/net"],
    "boost/core": ["plugin/net"],
    "boost/url": ["plugin/net"],
    "boost/system": ["plugin/net"],
    "openssl/": ["plugin/net"],
    "cmark": ["plugin/web"],
    "cjose/": ["adapters", "plugin/web/login"],
    "curl/": ["plugin/gate/mail"],
    "CLI/": ["plugin/app"],
    "spdlog/": ["plugin/app"],
    "fmt/": ["plugin/app"],
    # The operating system.
    "sys/": ["plugin/store", "plugin/net", "plugin/gate/sequencer", "plugin/app"],
    "unistd.h": ["plugin/store", "plugin/net", "plugin/gate/sequencer", "plugin/app"],
    "fcntl.h": ["plugin/store", "plugin/net", "plugin/gate/sequencer", "plugin/app"],
    "netdb.h": ["plugin/net"],
    "pthread.h": ["plugin/store", "plugin/net", "plugin/gate/sequencer", "plugin/gate/outbox"],
    "signal.h": ["plugin/app"],
    "malloc.h": ["plugin/app"],
}

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def module_of(path):
    inside = [module for module in MODULES if path.startswith(module + "/")]
    return max(inside, key=len, default=None)


def is_std(header):
    return "/" not in header and "." not in header


def offences(root):
    """Yields "file:line: what is wrong" for every include that breaks a layer."""
    for path in sorted(root.rglob("*.[ch]pp")):
        name = path.relative_to(root).as_posix()
        module = module_of(name)
        if module is None:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            quote, header = found.groups()
            wrong = wrong_own(module, header) if quote == '"' else wrong_library(name, header)
            if wrong:
                yield f"{name}:{number}: {wrong}"


def wrong_own(module, header):
    # The language's headers are included as "lockgate/...".
    full = "include/" + header if header.startswith("lockgate/") else header
    target = module_of(full)
    if target is None:
        return f'"{header}" is not a path from the root'
    if target != module and target not in MODULES[module]:
        return f'{module} may not include {target} ("{header}")'
    return None


def wrong_library(name, header):
    if is_std(header):
        return None
    known = [library for library in LIBRARIES if header.startswith(library)]
    if not known:
        return f"<{header}> is a library that the house does not know"
    places = LIBRARIES[max(known, key=len)]
    module = module_of(name)
    if any(place == module or (place not in MODULES and name.startswith(place))
           for place in places):
        return None
    return f"{module} may not use <{header}>"


def self_test():
    tree = {
        "rules/cel/lexer.cpp": '#include "rules/rule_set.hpp"\n',
        "rules/rule_set.hpp": '#include "rules/cel/program.hpp"\n#include <vector>\n',
        "rules/cel/program.hpp": "#include <re2/re2.h>\n",
        "adapters/jwt.cpp": '#pragma once\n\n#  include "plugin/net/client.hpp"\n',
        "include/lockgate/ids.hpp": "#include <boost/json.hpp>\n",
        "plugin/gate/outbox.cpp": "#include <boost/asio.hpp>\n",
        "plugin/gate/gatekeeper.cpp": "#include <boost/asio.hpp>\n",
        "plugin/web/pages.cpp": '#include "store.hpp"\n#include "plugin/store/database.hpp"\n',
        "plugin/store/writer.cpp": '#include <soci/soci.h>\n#include "lockgate/store.hpp"\n',
        "plugin/net/client.cpp": "#include <nlohmann/json.hpp>\n",
        "tests/free.cpp": "#include <anything/at/all.h>\n",
    }
    wanted = {"rules/cel/lexer.cpp:1", "adapters/jwt.cpp:3", "include/lockgate/ids.hpp:1",
              "plugin/gate/gatekeeper.cpp:1", "plugin/web/pages.cpp:1", "plugin/web/pages.cpp:2",
              "plugin/net/client.cpp:1"}
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in tree.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = {offence.split(": ")[0] for offence in offences(root)}
    for place in sorted(wanted - found):
        print(f"self-test: the offence at {place} was not found")
    for place in sorted(found - wanted):
        print(f"self-test: {place} is no offence but was called one")
    return wanted == found


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(0 if self_test() else 1)
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    root = root if root.is_dir() else root.parent.parent
    found = list(offences(root))
    print("\n".join(found) if found else "layering: every include keeps to its layer")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
