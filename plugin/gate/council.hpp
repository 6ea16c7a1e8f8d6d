// The council's own arrangements, as configured: who sits where, when it works.

#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "lockgate/ids.hpp"

namespace lockgate::gate {

struct SeatSettings {
  SeatId id;
  std::string name;
  MemberId member;
  std::vector<std::string> roles;  // the roles of the rules that this seat answers for
  bool required = false;
  bool veto = false;
};

struct BoardSettings {
  BoardId id;
  std::string name;
  int quorum = 1;
  int deadline_days = 10;  // working days from opening; closes at 17:00
  std::vector<SeatSettings> seats;
};

struct Council {
  std::string name;
  std::string time_zone = "Europe/London";
  std::vector<std::chrono::year_month_day> bank_holidays;
  std::vector<BoardSettings> boards;
};

}  // namespace lockgate::gate
