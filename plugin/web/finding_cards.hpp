// Findings and questions as parts of a page.

#pragma once

#include "plugin/web/check_view.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

// A card: what was found, what it rests on, why it is here, what can be done.
Html finding_card(const FindingView& finding);

// A heading and a card for each; empty if there are none.
Html finding_group(std::string_view title, std::string_view id,
                   const std::vector<FindingView>& findings);

// What to fix and to answer, each with how long it takes, leading to its card.
Html what_to_do_next(const CheckView& check);

// What nobody has said yet and which rules wait for it.
Html question_list(const CheckView& check);

// What would make the verdict milder, folded away; empty where nothing is known to.
Html change_details(const CheckView& check);

// All facts that were given, folded away.
Html fact_details(const CheckView& check);

// The rules that found nothing, folded away.
Html met_details(const CheckView& check);

}  // namespace lockgate::web
