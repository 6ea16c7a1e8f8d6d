#include "tests/web/fixture_options.hpp"

namespace lockgate::web {

Hint read_hint(Options given) {
  Hint hint{.content = given.content(),
            .classes = given.text("classes"),
            .attributes = given.attributes()};
  given.find("id");
  given.done();
  return hint;
}

namespace {

Label read_label(Options given) {
  Label label{.content = given.content(),
              .classes = given.text("classes"),
              .is_page_heading = given.flag("isPageHeading"),
              .attributes = given.attributes()};
  given.find("for");
  given.done();
  return label;
}

ErrorMessage read_error(Options given) {
  ErrorMessage error{.content = given.content(),
                     .classes = given.text("classes"),
                     .attributes = given.attributes()};
  if (const json::value* hidden = given.find("visuallyHiddenText")) error.hidden = as_text(*hidden);
  given.find("id");
  given.done();
  return error;
}

FormGroup read_group(Options given) {
  FormGroup group{.classes = given.text("classes"), .attributes = given.attributes()};
  const auto part = [&](std::string_view one, std::string_view several) {
    const std::string_view name = given.has(one) ? one : several;
    Options inside = given.inside(name);
    const Html content = inside.content();
    inside.done();
    return content;
  };
  group.before = part("beforeInput", "beforeInputs");
  group.after = part("afterInput", "afterInputs");
  given.done();
  return group;
}

Fieldset read_fieldset(Options& given) {
  Options legend = given.inside("legend");
  Fieldset fieldset{.legend = legend.content(),
                    .legend_classes = legend.text("classes"),
                    .legend_is_page_heading = legend.flag("isPageHeading"),
                    .described_by = given.text("describedBy"),
                    .classes = given.text("classes"),
                    .role = given.text("role"),
                    .attributes = given.attributes()};
  legend.done();
  return fieldset;
}

Html print_button(Options& given) {
  return button({.content = given.content(),
                 .href = given.text("href"),
                 .type = given.text("type", "submit"),
                 .name = given.text("name"),
                 .value = given.text("value"),
                 .id = given.text("id"),
                 .disabled = given.flag("disabled"),
                 .start = given.flag("isStartButton"),
                 .prevent_double_click = given.truth("preventDoubleClick"),
                 .classes = given.text("classes"),
                 .attributes = given.attributes()});
}

Html print_error_summary(Options& given) {
  ErrorSummary summary{.errors = {},
                       .title = given.content("titleHtml", "titleText"),
                       .description = given.content("descriptionHtml", "descriptionText"),
                       .disable_auto_focus = given.truth("disableAutoFocus"),
                       .classes = given.text("classes"),
                       .attributes = given.attributes()};
  given.each("errorList", [&](Options& item) {
    summary.errors.push_back(
        {.href = item.text("href"), .content = item.content(), .attributes = item.attributes()});
  });
  return error_summary(summary);
}

Input::Affix read_affix(Options given) {
  Input::Affix affix{.content = given.content(),
                     .classes = given.text("classes"),
                     .attributes = given.attributes()};
  given.done();
  return affix;
}

Html print_input(Options& given) {
  Options wrapper = given.inside("inputWrapper");
  Input options{.name = given.text("name"),
                .id = given.text("id"),
                .type = given.text("type", "text"),
                .label = read_label(given.inside("label")),
                .hint = read_hint(given.inside("hint")),
                .error = read_error(given.inside("errorMessage")),
                .prefix = read_affix(given.inside("prefix")),
                .suffix = read_affix(given.inside("suffix")),
                .described_by = given.text("describedBy"),
                .autocomplete = given.text("autocomplete"),
                .autocapitalize = given.text("autocapitalize"),
                .inputmode = given.text("inputmode"),
                .pattern = given.text("pattern"),
                .spellcheck = given.truth("spellcheck"),
                .disabled = given.flag("disabled"),
                .classes = given.text("classes"),
                .wrapper_classes = wrapper.text("classes"),
                .wrapper_attributes = wrapper.attributes(),
                .group = read_group(given.inside("formGroup")),
                .attributes = given.attributes()};
  wrapper.done();
  if (given.has("value")) options.value = as_text(*given.find("value"));
  return input(options);
}

Html print_textarea(Options& given) {
  return textarea({.name = given.text("name"),
                   .id = given.text("id"),
                   .value = given.text("value"),
                   .rows = given.number("rows", 5),
                   .label = read_label(given.inside("label")),
                   .hint = read_hint(given.inside("hint")),
                   .error = read_error(given.inside("errorMessage")),
                   .described_by = given.text("describedBy"),
                   .autocomplete = given.text("autocomplete"),
                   .spellcheck = given.truth("spellcheck"),
                   .disabled = given.flag("disabled"),
                   .classes = given.text("classes"),
                   .group = read_group(given.inside("formGroup")),
                   .attributes = given.attributes()});
}

Choices read_choices(Options& given) {
  Choices choices{.name = given.text("name"),
                  .items = {},
                  .hint = read_hint(given.inside("hint")),
                  .error = read_error(given.inside("errorMessage")),
                  .id_prefix = given.text("idPrefix"),
                  .described_by = given.text("describedBy"),
                  .classes = given.text("classes"),
                  .group = read_group(given.inside("formGroup")),
                  .attributes = given.attributes()};
  if (given.has("value")) choices.values = {as_text(*given.find("value"))};
  if (given.has("values")) {
    for (const json::value& value : given.find("values")->as_array()) {
      choices.values.push_back(as_text(value));
    }
  }
  if (given.has("fieldset")) {
    Options fieldset = given.inside("fieldset");
    choices.fieldset = read_fieldset(fieldset);
    fieldset.done();
  }
  given.each("items", [&](Options& item) {
    Options label = item.inside("label");
    const json::value* checked = item.find("checked");
    const std::string behaviour = item.text("behaviour");
    if (!behaviour.empty() && behaviour != "exclusive") throw Cannot("behaviour " + behaviour);
    Options conditional = item.inside("conditional");
    choices.items.push_back({.value = item.text("value"),
                             .content = item.content(),
                             .hint = read_hint(item.inside("hint")),
                             .divider = item.text("divider"),
                             .id = item.text("id"),
                             .checked = checked && checked->is_bool()
                                            ? std::optional(checked->as_bool())
                                            : std::nullopt,
                             .disabled = item.flag("disabled"),
                             .exclusive = behaviour == "exclusive",
                             .name = item.text("name"),
                             .conditional = conditional.content(),
                             .label_classes = label.text("classes"),
                             .label_attributes = label.attributes(),
                             .attributes = item.attributes()});
    label.done();
  });
  if (given.passed_over()) throw Cannot("items that are not there, but counted");
  return choices;
}

}  // namespace

std::optional<Html> print_form_control(const std::string& component, Options& given) {
  if (component == "label") {
    const std::string for_id = given.text("for");
    const Label options{.content = given.content(),
                        .classes = given.text("classes"),
                        .is_page_heading = given.flag("isPageHeading"),
                        .attributes = given.attributes()};
    return label(options, for_id);
  }
  if (component == "hint") {
    const std::string id = given.text("id");
    return hint({.content = given.content(),
                 .classes = given.text("classes"),
                 .attributes = given.attributes()},
                id);
  }
  if (component == "error-message") {
    const std::string id = given.text("id");
    ErrorMessage options{.content = given.content(),
                         .classes = given.text("classes"),
                         .attributes = given.attributes()};
    if (const json::value* hidden = given.find("visuallyHiddenText")) {
      options.hidden = truthy(hidden) ? as_text(*hidden) : "";
    }
    return error_message(options, id);
  }
  if (component == "fieldset") {
    const Fieldset options = read_fieldset(given);
    return fieldset(options, given.content());
  }
  if (component == "button") return print_button(given);
  if (component == "error-summary") return print_error_summary(given);
  if (component == "radios") return radios(read_choices(given));
  if (component == "checkboxes") return checkboxes(read_choices(given));
  if (component == "input") return print_input(given);
  if (component == "textarea") return print_textarea(given);
  return {};
}

}  // namespace lockgate::web
