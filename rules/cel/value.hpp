// What an expression yields.  SKETCH: the owner of rules/cel refines it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
namespace lockgate::cel {
class Value;  // null bool int uint double string bytes list map timestamp duration type; error; unknown
}
