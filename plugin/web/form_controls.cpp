#include "plugin/web/form_controls.hpp"

#include <algorithm>

namespace lockgate::web {
namespace {

std::string in_words(bool truth) { return truth ? "true" : "false"; }

// The ids of what describes a control, as aria-describedby takes them.
class DescribedBy {
 public:
  explicit DescribedBy(std::string ids) : ids_(std::move(ids)) {}
  // The id of a part that stands on the page only if `there`.
  std::string add(bool there, std::string id) {
    if (there) ids_ = classes({ids_, id});
    return id;
  }
  const std::string& ids() const { return ids_; }

 private:
  std::string ids_;
};

Html form_group(const FormGroup& options, bool error, const Html& content) {
  Attributes attributes{
      {"class",
       classes({"govuk-form-group", error ? "govuk-form-group--error" : "", options.classes})}};
  return element("div", attributes.add_all(options.attributes), content);
}

// Label, hint and error of a control with this id.
Html above(const Label& the_label, const Hint& the_hint, const ErrorMessage& error,
           const std::string& id, DescribedBy& described_by) {
  Html html = label(the_label, id);
  const std::string hint_id = described_by.add(!the_hint.content.empty(), id + "-hint");
  html += hint(the_hint, hint_id);
  const std::string error_id = described_by.add(!error.content.empty(), id + "-error");
  return html + error_message(error, error_id);
}

Html affix(Literal base, const Input::Affix& options) {
  if (options.content.empty()) return {};
  Attributes attributes{{"class", classes({base.view(), options.classes})},
                        {"aria-hidden", "true"}};
  return element("div", attributes.add_all(options.attributes), options.content);
}

// What differs between radios and checkboxes.
struct Kind {
  Literal type;
  Literal group, item, input, label, hint, divider, conditional, conditional_hidden, module;
};
constexpr Kind kRadios{"radio",
                       "govuk-radios",
                       "govuk-radios__item",
                       "govuk-radios__input",
                       "govuk-radios__label",
                       "govuk-radios__hint",
                       "govuk-radios__divider",
                       "govuk-radios__conditional",
                       "govuk-radios__conditional--hidden",
                       "govuk-radios"};
constexpr Kind kCheckboxes{"checkbox",
                           "govuk-checkboxes",
                           "govuk-checkboxes__item",
                           "govuk-checkboxes__input",
                           "govuk-checkboxes__label",
                           "govuk-checkboxes__hint",
                           "govuk-checkboxes__divider",
                           "govuk-checkboxes__conditional",
                           "govuk-checkboxes__conditional--hidden",
                           "govuk-checkboxes"};

Html choosable(const Kind& kind, const Choices& group, const Choosable& item, const std::string& id,
               const std::string& described_by) {
  if (!item.divider.empty()) {
    return element("div", {{"class", std::string(kind.divider.view())}}, item.divider);
  }
  const bool chosen = item.checked.value_or(
      std::find(group.values.begin(), group.values.end(), item.value) != group.values.end());
  DescribedBy describes(described_by);
  const std::string hint_id = describes.add(!item.hint.content.empty(), id + "-item-hint");
  Attributes attributes{{"class", std::string(kind.input.view())},
                        {"id", id},
                        {"name", item.name.empty() ? group.name : item.name},
                        {"type", std::string(kind.type.view())},
                        {"value", item.value}};
  attributes.add_flag("checked", chosen).add_flag("disabled", item.disabled);
  if (!item.conditional.empty()) attributes.add("data-aria-controls", "conditional-" + id);
  if (item.exclusive) attributes.add("data-behaviour", "exclusive");
  attributes.add_some("aria-describedby", describes.ids()).add_all(item.attributes);

  Hint below = item.hint;
  below.classes = classes({kind.hint.view(), below.classes});
  Html html = element("div", {{"class", std::string(kind.item.view())}},
                      void_element("input", attributes) +
                          label({.content = item.content,
                                 .classes = classes({kind.label.view(), item.label_classes}),
                                 .attributes = item.label_attributes},
                                id) +
                          hint(below, hint_id));
  if (!item.conditional.empty()) {
    html +=
        element("div",
                {{"class",
                  classes({kind.conditional.view(), chosen ? "" : kind.conditional_hidden.view()})},
                 {"id", "conditional-" + id}},
                item.conditional);
  }
  return html;
}

Html choices(const Kind& kind, const Choices& options) {
  const std::string& id = options.id_prefix.empty() ? options.name : options.id_prefix;
  DescribedBy described_by(options.fieldset && !options.fieldset->described_by.empty()
                               ? options.fieldset->described_by
                               : options.described_by);
  Html inside = above({}, options.hint, options.error, id, described_by);
  // Checkboxes without a fieldset have nothing else to carry the description.
  const bool item_carries = &kind == &kCheckboxes && !options.fieldset;
  const std::string given = item_carries ? described_by.ids() : "";

  Html items = options.group.before;
  for (std::size_t index = 0; index < options.items.size(); ++index) {
    const Choosable& item = options.items[index];
    const std::string numbered = index == 0 ? id : id + "-" + std::to_string(index + 1);
    items += choosable(kind, options, item, item.id.empty() ? numbered : item.id, given);
  }
  Attributes attributes{{"class", classes({kind.group.view(), options.classes})}};
  attributes.add_all(options.attributes).add("data-module", kind.module.view());
  inside += element("div", attributes, items + options.group.after);

  if (options.fieldset) {
    Fieldset around = *options.fieldset;
    around.described_by = described_by.ids();
    inside = fieldset(around, inside);
  }
  return form_group(options.group, !options.error.content.empty(), inside);
}

}  // namespace

Html label(const Label& options, std::string_view for_id) {
  if (options.content.empty()) return {};
  Attributes attributes{{"class", classes({"govuk-label", options.classes})}};
  attributes.add_all(options.attributes).add_some("for", for_id);
  const Html html = element("label", attributes, options.content);
  return options.is_page_heading ? element("h1", {{"class", "govuk-label-wrapper"}}, html) : html;
}

Html hint(const Hint& options, std::string_view id) {
  if (options.content.empty()) return {};
  Attributes attributes;
  attributes.add_some("id", id)
      .add("class", classes({"govuk-hint", options.classes}))
      .add_all(options.attributes);
  return element("div", attributes, options.content);
}

Html error_message(const ErrorMessage& options, std::string_view id) {
  if (options.content.empty()) return {};
  Attributes attributes;
  attributes.add_some("id", id)
      .add("class", classes({"govuk-error-message", options.classes}))
      .add_all(options.attributes);
  Html before;
  if (!options.hidden.empty()) {
    before = element("span", {{"class", "govuk-visually-hidden"}}, options.hidden + ":") + " ";
  }
  return element("p", attributes, before + options.content);
}

Html fieldset(const Fieldset& options, const Html& content) {
  Attributes attributes{{"class", classes({"govuk-fieldset", options.classes})}};
  attributes.add_some("role", options.role)
      .add_some("aria-describedby", options.described_by)
      .add_all(options.attributes);
  Html legend;
  if (!options.legend.empty()) {
    legend = options.legend_is_page_heading
                 ? element("h1", {{"class", "govuk-fieldset__heading"}}, options.legend)
                 : options.legend;
    legend = element(
        "legend", {{"class", classes({"govuk-fieldset__legend", options.legend_classes})}}, legend);
  }
  return element("fieldset", attributes, legend + content);
}

Html button(const Button& options) {
  Attributes attributes;
  if (options.href.empty()) {
    attributes.add("type", options.type)
        .add_some("value", options.value)
        .add_some("name", options.name)
        .add_flag("disabled", options.disabled);
    if (options.disabled) attributes.add("aria-disabled", "true");
    if (options.prevent_double_click) {
      attributes.add("data-prevent-double-click", in_words(*options.prevent_double_click));
    }
  } else {
    attributes.add("href", options.href).add("role", "button").add("draggable", "false");
  }
  attributes
      .add("class",
           classes({"govuk-button", options.classes, options.start ? "govuk-button--start" : ""}))
      .add("data-module", "govuk-button")
      .add_all(options.attributes)
      .add_some("id", options.id);
  Html content = options.content;
  if (options.start) {
    content += own_markup(
        R"(<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>)");
  }
  return options.href.empty() ? element("button", attributes, content)
                              : element("a", attributes, content);
}

Html input(const Input& options) {
  const std::string& id = options.id.empty() ? options.name : options.id;
  DescribedBy described_by(options.described_by);
  const Html before = above(options.label, options.hint, options.error, id, described_by);
  const bool error = !options.error.content.empty();

  Attributes attributes{
      {"class", classes({"govuk-input", options.classes, error ? "govuk-input--error" : ""})},
      {"id", id},
      {"name", options.name},
      {"type", options.type}};
  if (options.spellcheck) attributes.add("spellcheck", in_words(*options.spellcheck));
  if (options.value) attributes.add("value", *options.value);
  attributes.add_flag("disabled", options.disabled)
      .add_some("aria-describedby", described_by.ids())
      .add_some("autocomplete", options.autocomplete)
      .add_some("autocapitalize", options.autocapitalize)
      .add_some("pattern", options.pattern)
      .add_some("inputmode", options.inputmode)
      .add_all(options.attributes);
  Html control = options.group.before + affix("govuk-input__prefix", options.prefix) +
                 void_element("input", attributes) + affix("govuk-input__suffix", options.suffix) +
                 options.group.after;
  if (!options.prefix.content.empty() || !options.suffix.content.empty() ||
      !options.group.before.empty() || !options.group.after.empty()) {
    Attributes wrapper{{"class", classes({"govuk-input__wrapper", options.wrapper_classes})}};
    control = element("div", wrapper.add_all(options.wrapper_attributes), control);
  }
  return form_group(options.group, error, before + control);
}

Html textarea(const Textarea& options) {
  const std::string& id = options.id.empty() ? options.name : options.id;
  DescribedBy described_by(options.described_by);
  const Html before = above(options.label, options.hint, options.error, id, described_by);
  const bool error = !options.error.content.empty();

  Attributes attributes{
      {"class", classes({"govuk-textarea", error ? "govuk-textarea--error" : "", options.classes})},
      {"id", id},
      {"name", options.name},
      {"rows", std::to_string(options.rows)}};
  if (options.spellcheck) attributes.add("spellcheck", in_words(*options.spellcheck));
  attributes.add_flag("disabled", options.disabled)
      .add_some("aria-describedby", described_by.ids())
      .add_some("autocomplete", options.autocomplete)
      .add_all(options.attributes);
  // A browser drops one line end right after <textarea>.
  const Html value = (options.value.starts_with('\n') ? "\n" : "") + options.value;
  return form_group(
      options.group, error,
      before + options.group.before + element("textarea", attributes, value) + options.group.after);
}

Html radios(const Choices& options) { return choices(kRadios, options); }
Html checkboxes(const Choices& options) { return choices(kCheckboxes, options); }

Html error_summary(const ErrorSummary& options) {
  Attributes attributes{{"class", classes({"govuk-error-summary", options.classes})}};
  if (options.disable_auto_focus) {
    attributes.add("data-disable-auto-focus", in_words(*options.disable_auto_focus));
  }
  attributes.add_all(options.attributes).add("data-module", "govuk-error-summary");
  Html items;
  for (const ErrorSummary::Item& item : options.errors) {
    Attributes to{{"href", item.href}};
    items +=
        element("li", item.href.empty() ? item.content
                                        : element("a", to.add_all(item.attributes), item.content));
  }
  Html body;
  if (!options.description.empty()) body += element("p", options.description);
  if (!items.empty()) {
    body += element("ul", {{"class", "govuk-list govuk-error-summary__list"}}, items);
  }
  return element("div", attributes,
                 element("div", {{"role", "alert"}},
                         element("h2", {{"class", "govuk-error-summary__title"}}, options.title) +
                             element("div", {{"class", "govuk-error-summary__body"}}, body)));
}

Html hidden_field(std::string_view name, std::string_view value) {
  return void_element(
      "input", {{"type", "hidden"}, {"name", std::string(name)}, {"value", std::string(value)}});
}

Html post_form(std::string_view action, std::string_view csrf, const Html& content,
               std::string_view id) {
  const Html token = csrf.empty() ? Html() : hidden_field("csrf", csrf);
  Attributes attributes{{"method", "post"}, {"action", std::string(action)}};
  return element("form", attributes.add_some("id", id).add_flag("novalidate"), token + content);
}

}  // namespace lockgate::web
