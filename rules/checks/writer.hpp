// Writes one condition anew in slots that can be tried out: see condition.hpp.

#pragma once

#include <optional>
#include <string>

#include "rules/checks/condition.hpp"

namespace lockgate::rules {

class ConditionWriter {
 public:
  explicit ConditionWriter(Conditions& conditions) : conditions_(conditions) {}
  std::optional<Condition> run(const Conditions::Source& source);

 private:
  using Source = Conditions::Source;
  using NodeId = cel::NodeId;

  NodeId emit(cel::Node node, cel::Finding finding);
  NodeId emit_slot(std::size_t slot, cel::Kind kind);
  // As it is, but with named expressions written out.
  NodeId copy(const Source& source, NodeId id);
  // What is true or false.
  NodeId formula(const Source& source, NodeId id);
  NodeId connective(const Source& source, NodeId id);
  NodeId comparison(const Source& source, NodeId id);
  NodeId membership(const Source& source, NodeId id);
  NodeId stranger(const Source& source, NodeId id, cel::Kind kind);

  // A slot that is compared: a fact, or what stands for a calculated number.
  struct Variable {
    std::size_t slot = 0;
    cel::Kind kind = cel::Kind::integer;
  };
  std::optional<Variable> variable(const Source& source, NodeId id);
  // Adds the values that a closed part can take; false if they cannot be told.
  bool remember(const Variable& variable, NodeId part);
  bool remember(const Variable& variable, cel::Value value);
  bool collect(const cel::Program& program, std::vector<cel::Value>& values, int& left,
               const Variable& variable);
  bool is_plain(const Source& source, NodeId id) const;

  Conditions& conditions_;
  cel::Tree out_;
  cel::Checked checked_;
  Constants compared_;
  int depth_ = 0;
  bool too_large_ = false;
};

}  // namespace lockgate::rules
