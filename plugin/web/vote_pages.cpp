#include "plugin/web/vote_pages.hpp"

#include <algorithm>

#include "plugin/web/check_view.hpp"
#include "plugin/web/components.hpp"
#include "plugin/web/field_errors.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

Choosable choosable(Choice choice, std::string_view hint = {}) {
  return {.value = std::string(to_text(choice)), .content = in_words(choice), .hint = {hint}};
}

Html choices(const VoteInput& input, const std::vector<FieldError>& errors) {
  return radios(
      {.name = "choice",
       .items = {choosable(Choice::yes),
                 choosable(Choice::yes_with_conditions, "Write the conditions below"),
                 choosable(Choice::need_information,
                           "The board waits, and the team can read here what you need. Say it in "
                           "your reasons"),
                 choosable(Choice::no),
                 {.divider = "or"},
                 choosable(Choice::not_voting, "For example, because you have an interest in it")},
       .values = {input.choice},
       .fieldset = Fieldset{.legend = "Should this go ahead?",
                            .legend_classes = "govuk-fieldset__legend--m"},
       .hint = {"You cannot change your vote once it is recorded."},
       .error = error_of("choice", errors)});
}

Html not_mine(const VoteInput& input, const std::vector<FieldError>& errors) {
  return checkboxes(
      {.name = "not_mine",
       .items = {{.value = "yes", .content = "This prototype is not mine"}},
       .values = input.not_mine ? std::vector<std::string>{"yes"} : std::vector<std::string>{},
       .fieldset =
           Fieldset{.legend = "Is it yours?", .legend_classes = "govuk-fieldset__legend--m"},
       .hint = {"The case system did not say whose it is. Nobody votes on a prototype of their "
                "own."},
       .error = error_of("not_mine", errors)});
}

Html hidden_fields(const VoteInput& input) {
  Html html = hidden_field("ballot", input.ballot) + hidden_field("seen", input.seen) +
              hidden_field("choice", input.choice) + hidden_field("reasons", input.reasons) +
              hidden_field("conditions", input.conditions) + hidden_field("note", input.note);
  if (input.not_mine) html += hidden_field("not_mine", "yes");
  return html;
}

std::string page_title(const PrototypeFile& file, std::string_view page) {
  return std::string(page) + ": " + file.title() + " (" + display_number(file.prototype.number) +
         ")";
}

Html caption(const PrototypeFile& file) {
  return display_number(file.prototype.number) + ": " + file.title();
}

// A button that looks like a link and leads back to a part of the form with
// everything as it was typed.
Html change_button(const PrototypeFile& file, std::string_view field, std::string_view what) {
  return element("button",
                 {{"type", "submit"},
                  {"form", "vote"},
                  {"formaction", path_of(file.prototype, "/review") + '#' + std::string(field)},
                  {"name", "change"},
                  {"value", std::string(field)},
                  {"class", "lg-link-button"}},
                 "Change" + visually_hidden(" " + std::string(what)));
}

SummaryList::Row row(const PrototypeFile& file, Html key, Html value, std::string_view field,
                     std::string_view what) {
  SummaryList::Row row{.key = std::move(key), .value = std::move(value)};
  row.actions.push_back({.instead = change_button(file, field, what)});
  return row;
}

Html listed_rules(const std::vector<MetView>& rules) {
  std::vector<Html> items;
  for (const MetView& rule : rules) items.push_back(rule.question + " (" + rule.rule + ")");
  return list(items);
}

// The check whose findings the member read, if the history has it.
const Check* find_check(const PrototypeFile& file, const std::string& id) {
  for (const Event& event : file.history) {
    const auto* checked = std::get_if<Checked>(&event.what);
    if (checked && checked->check.id.text == id) return &checked->check;
  }
  return nullptr;
}

}  // namespace

Html vote_form(const VotePlace& place, const VoteInput& input,
               const std::vector<FieldError>& errors) {
  Html fields = hidden_field("ballot", place.ballot.id.text) +
                hidden_field("seen", place.file.check.id.text) + choices(input, errors);
  fields += textarea({.name = "conditions",
                      .value = input.conditions,
                      .rows = 4,
                      .label = {"Conditions", "govuk-label--m"},
                      .hint = {"Only needed if you choose ‘Yes, with conditions’. Write each on a "
                               "line of its own: who must do what, and by when"},
                      .error = error_of("conditions", errors)});
  fields += textarea({.name = "reasons",
                      .value = input.reasons,
                      .rows = 6,
                      .label = {"Your reasons", "govuk-label--m"},
                      .hint = {"These will be published in the decision record. Do not name "
                               "residents or staff. Up to 4,000 characters"},
                      .error = error_of("reasons", errors)});
  fields += textarea({.name = "note",
                      .value = input.note,
                      .rows = 3,
                      .label = {"Note to the board (optional)", "govuk-label--m"},
                      .hint = {"This will not be published, but someone could still ask for it "
                               "under the Freedom of Information Act. Up to 4,000 characters"},
                      .error = error_of("note", errors)});
  if (!place.ballot.terms.proposer_known) fields += not_mine(input, errors);
  fields += button({.content = "Check your vote", .prevent_double_click = true});
  return heading(2, Size::l, "Your vote", "vote") +
         post_form(path_of(place.file.prototype, "/review"), place.me.csrf, fields);
}

Page check_vote_page(const VotePlace& place, const VoteInput& input, const gate::VoteForm& vote) {
  const PrototypeFile& file = place.file;
  SummaryList rows;
  rows.rows.push_back(row(file, "Your vote", in_words(vote.choice), "choice", "your vote"));
  if (!vote.conditions.empty()) {
    const std::vector<Html> conditions(vote.conditions.begin(), vote.conditions.end());
    rows.rows.push_back(
        row(file, "Conditions", list(conditions, Marks::numbers), "conditions", "the conditions"));
  }
  rows.rows.push_back(row(file, "Your reasons, which will be published",
                          vote.reasons.empty() ? Html("None given") : paragraphs(vote.reasons),
                          "reasons", "your reasons"));
  rows.rows.push_back(row(file, "Note to the board, which will not be published",
                          vote.note.empty() ? Html("None") : paragraphs(vote.note), "note",
                          "the note to the board"));
  if (!place.ballot.terms.proposer_known) {
    rows.rows.push_back(
        row(file, "Is it yours?", "This prototype is not mine", "not_mine", "whose it is"));
  }
  const Html body =
      page_heading("Check your vote", caption(file)) +
      paragraph("You vote on the " + place.ballot.terms.board_name + ".") + summary_list(rows) +
      warning_text({.content = "You cannot change your vote once it is recorded."}) +
      paragraph("By recording your vote you say that you have read the findings.") +
      post_form(path_of(file.prototype, "/vote"), place.me.csrf,
                hidden_fields(input) +
                    button({.content = "Record my vote", .prevent_double_click = true}),
                "vote");
  return {.title = page_title(file, "Check your vote"),
          .body = two_thirds(body),
          .section = Section::tasks};
}

Page findings_changed_page(const VotePlace& place, const VoteInput& input) {
  const PrototypeFile& file = place.file;
  Html body = page_heading("The findings changed while you were reading", caption(file)) +
              paragraph(
                  "The case system sent this prototype again, and the rules were asked "
                  "again. Your vote was not recorded.");
  if (const Check* seen = find_check(file, input.seen)) {
    const Changes changed = changes(*seen, file.check);
    if (!changed.fresh.empty()) {
      body +=
          heading(2, Size::m, counted(changed.fresh.size(), "finding is new", "findings are new")) +
          listed_rules(changed.fresh);
    }
    if (!changed.gone.empty()) {
      body += heading(2, Size::m,
                      counted(changed.gone.size(), "finding is gone", "findings are gone")) +
              listed_rules(changed.gone);
    }
    if (changed.fresh.empty() && changed.gone.empty()) {
      body += paragraph("The findings are the same, but facts that they rest on may have changed.");
    }
  }
  // What was written goes back into the form.
  body += post_form(path_of(file.prototype, "/review"), place.me.csrf,
                    hidden_fields(input) + hidden_field("change", "seen") +
                        button({.content = "Read the findings again"})) +
          paragraph("What you wrote is kept in the form.");
  return {.title = page_title(file, "The findings changed"),
          .body = two_thirds(body),
          .section = Section::tasks};
}

std::string why_no_vote(const Ballot& ballot, const MemberId& member) {
  const Seat* seat = seat_of(ballot, member);
  if (!seat) {
    return "You have no seat on the " + ballot.terms.board_name + ". Only its members vote.";
  }
  if (seat->own) return "This prototype is your own. Nobody votes on a prototype of their own.";
  if (const Vote* vote = vote_of(ballot, member)) {
    return "You have voted: ‘" + std::string(in_words(vote->choice)) +
           "’. A vote cannot be changed once it is recorded.";
  }
  switch (ballot.state) {
    case BallotState::open:
      return "The time to vote is over.";
    case BallotState::paused:
      return "The board waits for more information. You can vote when it has come.";
    case BallotState::carried:
    case BallotState::lost:
    case BallotState::inquorate:
      return "The board has decided: there are no more votes.";
    case BallotState::withdrawn:
      break;
  }
  return "The board need not decide any more: there are no more votes.";
}

}  // namespace lockgate::web
