#include "plugin/web/lessons.hpp"

#include "plugin/web/components.hpp"
#include "plugin/web/field_errors.hpp"
#include "plugin/web/forms.hpp"
#include "plugin/web/prototype_file.hpp"
#include "plugin/web/words.hpp"
#include "plugin/workflow/access.hpp"

namespace lockgate::web {
namespace {

Choosable choosable(LessonResult result, std::string_view hint) {
  return {.value = std::string(to_text(result)), .content = in_words(result), .hint = {hint}};
}

Html text_box(const char* name, const std::string& value, const char* label, const char* hint,
              const std::vector<FieldError>& errors) {
  return textarea({.name = name,
                   .value = value,
                   .label = {label, "govuk-label--m"},
                   .hint = {hint},
                   .error = error_of(name, errors)});
}

Page lesson_page(const Prototype& prototype, const std::string& title, const Html& content) {
  const std::string number = display_number(prototype.number);
  return {.title = "What was learned: " + title + " (" + number + ")",
          .before =
              breadcrumbs({.items = {{"Prototypes", "/prototypes"}, {number, path_of(prototype)}}}),
          .body = two_thirds(page_heading("What was learned", number + ": " + title) + content),
          .section = Section::prototypes};
}

net::Response lesson_form(const Office& office, const Prototype& prototype,
                          const std::string& title, const SignedIn& me, const LessonInput& input,
                          const std::vector<FieldError>& errors) {
  Html fields = radios({.name = "result",
                        .items = {choosable(LessonResult::worked, "What we expected happened"),
                                  choosable(LessonResult::did_not_work,
                                            "Something else happened. That is worth as much"),
                                  choosable(LessonResult::could_not_tell,
                                            "What we measured does not show it either way")},
                        .values = {input.result},
                        .fieldset = Fieldset{.legend = "What came of it?",
                                             .legend_classes = "govuk-fieldset__legend--m"},
                        .error = error_of("result", errors)});
  fields += text_box("expected", input.expected, "What we expected",
                     "What did you think would happen, and how would you have seen it?", errors);
  fields += text_box("happened", input.happened, "What happened",
                     "Say what you saw or measured. Do not name residents or staff", errors);
  fields += text_box("next", input.next, "What we will do differently",
                     "What should the next team that tries this know?", errors);
  fields += warning_text({.content = "This closes the prototype. A lesson cannot be changed."});
  fields += button({.content = "Record the lesson and close", .prevent_double_click = true});
  Page page =
      lesson_page(prototype, title, post_form(path_of(prototype, "/lesson"), me.csrf, fields));
  page.errors = summary_of(errors);
  return office.show(me, std::move(page), errors.empty() ? 200 : 422);
}

std::string why_no_lesson(const Prototype& prototype) {
  return prototype.stage == Stage::closed
             ? "The lesson of this prototype is written: you find it on the prototype’s page."
             : "A lesson is written once a prototype is decided. This one is not.";
}

}  // namespace

Result<net::Response> show_lesson(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody&) {
  LOCKGATE_TRY(const Prototype prototype, office.prototype(request));
  LOCKGATE_TRY(const Texts texts, read_texts(office, {prototype.title}));
  const std::string title = title_of(prototype.title, texts);
  if (workflow::may_write_lesson(prototype)) {
    return lesson_form(office, prototype, title, me, {}, {});
  }
  const Html body = inset_text({.content = paragraph(why_no_lesson(prototype))}) +
                    paragraph(link(path_of(prototype), "See where this prototype stands"));
  return office.show(me, lesson_page(prototype, title, body));
}

Result<net::Response> post_lesson(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody& form) {
  LOCKGATE_TRY(const Prototype prototype, office.prototype(request));
  const LessonInput input = read_lesson(form);
  const CheckedLesson lesson = check_lesson(input);
  LOCKGATE_TRY(const Texts texts, read_texts(office, {prototype.title}));
  const auto again = [&](const std::vector<FieldError>& errors) {
    return lesson_form(office, prototype, title_of(prototype.title, texts), me, input, errors);
  };
  if (const auto may = workflow::may_write_lesson(prototype); !may) {
    return office.refuse(me, may.error(), why_no_lesson(prototype));
  }
  if (!lesson.errors.empty()) return again(lesson.errors);
  const auto written = office.gatekeeper().write_lesson(prototype.id, me.member, lesson.form);
  if (written) return see_other(path_of(prototype));
  if (written.error().code == Errc::invalid) return again(field_errors(written.error()));
  return tl::unexpected(written.error());
}

}  // namespace lockgate::web
