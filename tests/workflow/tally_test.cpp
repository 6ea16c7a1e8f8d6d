#include "plugin/workflow/tally.hpp"

#include <set>

#include <gtest/gtest.h>

namespace lockgate::workflow {
namespace {

constexpr Choice kChoices[] = {Choice::yes, Choice::no, Choice::not_voting};

// A second, dumber reading of the same rules: the ballot is over, count it.
Standing over(const BallotTerms& terms, const std::vector<Vote>& votes) {
  int yes = 0;
  int no = 0;
  int voted = 0;
  bool vetoed = false;
  bool required_missing = false;
  for (const Seat& seat : terms.seats) {
    const Vote* cast = nullptr;
    for (const Vote& vote : votes) {
      if (vote.member == seat.member && !seat.own) cast = &vote;
    }
    if (!cast) {
      required_missing |= seat.required;
      continue;
    }
    if (cast->choice == Choice::need_information) {
      required_missing |= false;
      continue;
    }
    ++voted;
    yes += cast->choice == Choice::yes || cast->choice == Choice::yes_with_conditions;
    no += cast->choice == Choice::no;
    vetoed |= seat.veto && cast->choice == Choice::no;
  }
  if (vetoed) return Standing::lost;
  if (voted < terms.quorum || required_missing) return Standing::inquorate;
  return yes > no ? Standing::carried : Standing::lost;
}

// Every way the missing votes can still come, staying away included.
void completions(const BallotTerms& terms, std::size_t seat, std::vector<Vote>& votes,
                 std::set<Standing>& ends) {
  if (seat == terms.seats.size()) {
    ends.insert(over(terms, votes));
    return;
  }
  completions(terms, seat + 1, votes, ends);
  const Seat& next = terms.seats[seat];
  for (const Vote& vote : votes) {
    if (vote.member == next.member) return;
  }
  if (next.own) return;
  for (const Choice choice : kChoices) {
    votes.push_back({.member = next.member, .choice = choice});
    completions(terms, seat + 1, votes, ends);
    votes.pop_back();
  }
}

// Digits of `code` in base `base`, one per seat.
int digit(int code, int base, std::size_t place) {
  for (; place > 0; --place) code /= base;
  return code % base;
}

int power(int base, std::size_t exponent) {
  int result = 1;
  for (; exponent > 0; --exponent) result *= base;
  return result;
}

BallotTerms board(std::size_t size, int kinds, int quorum) {
  BallotTerms terms{.board = {"b"}, .board_name = "Board", .seats = {}, .quorum = quorum};
  for (std::size_t i = 0; i < size; ++i) {
    const int kind = digit(kinds, 6, i);  // plain, required, veto, both, own, own and required
    const std::string name(1, static_cast<char>('a' + i));
    terms.seats.push_back({.id = {name},
                           .name = name,
                           .member = {name},
                           .required = kind == 1 || kind == 3 || kind == 5,
                           .veto = kind == 2 || kind == 3,
                           .own = kind >= 4,
                           .rules = {}});
  }
  return terms;
}

TEST(Tally, IsPendingExactlyWhileMissingVotesCouldChangeTheOutcome) {
  int ballots = 0;
  for (std::size_t size = 1; size <= 4; ++size) {
    // With four seats only the kinds plain, required and veto, to keep it quick.
    for (int kinds = 0; kinds < power(6, size); ++kinds) {
      bool skip = false;
      for (std::size_t i = 0; i < size; ++i) skip |= size == 4 && digit(kinds, 6, i) > 2;
      if (skip) continue;
      for (int quorum = 0; quorum <= static_cast<int>(size); ++quorum) {
        const BallotTerms terms = board(size, kinds, quorum);
        for (int cast = 0; cast < power(4, size); ++cast) {
          std::vector<Vote> votes;
          bool impossible = false;
          for (std::size_t i = 0; i < size; ++i) {
            const int choice = digit(cast, 4, i);
            if (choice == 3) continue;
            impossible |= terms.seats[i].own;
            votes.push_back({.member = terms.seats[i].member, .choice = kChoices[choice]});
          }
          if (impossible) continue;
          std::set<Standing> ends;
          std::vector<Vote> completed = votes;
          completions(terms, 0, completed, ends);
          const Standing open = tally(terms, votes, false).standing;
          const Standing closed = tally(terms, votes, true).standing;
          ASSERT_EQ(closed, over(terms, votes))
              << size << ' ' << kinds << ' ' << quorum << ' ' << cast;
          ASSERT_EQ(open, ends.size() == 1 ? *ends.begin() : Standing::pending)
              << size << ' ' << kinds << ' ' << quorum << ' ' << cast;
          ++ballots;
        }
      }
    }
  }
  EXPECT_GT(ballots, 100000);
}

TEST(Tally, PausesWhenSomebodyNeedsMoreInformation) {
  const BallotTerms terms = board(3, 0, 2);
  const std::vector<Vote> votes = {{.member = {"a"}, .choice = Choice::yes},
                                   {.member = {"b"}, .choice = Choice::need_information}};
  EXPECT_EQ(tally(terms, votes, false).standing, Standing::paused);
  EXPECT_EQ(tally(terms, votes, true).standing, Standing::inquorate);
}

TEST(Tally, CountsYesWithConditionsAsYesAndIgnoresStrangers) {
  const BallotTerms terms = board(3, 0, 2);
  const std::vector<Vote> votes = {{.member = {"a"}, .choice = Choice::yes_with_conditions},
                                   {.member = {"stranger"}, .choice = Choice::no},
                                   {.member = {"b"}, .choice = Choice::yes}};
  const Tally count = tally(terms, votes, false);
  EXPECT_EQ(count.standing, Standing::carried);
  EXPECT_EQ(count.yes, 2);
  EXPECT_EQ(count.no, 0);
  EXPECT_EQ(count.missing, 1);
}

TEST(Tally, O78_ATieIsLostAndAbstentionsAloneDoNotCarry) {
  const BallotTerms terms = board(2, 0, 2);
  EXPECT_EQ(tally(terms,
                  std::vector<Vote>{{.member = {"a"}, .choice = Choice::yes},
                                    {.member = {"b"}, .choice = Choice::no}},
                  false)
                .standing,
            Standing::lost);
  EXPECT_EQ(tally(terms,
                  std::vector<Vote>{{.member = {"a"}, .choice = Choice::not_voting},
                                    {.member = {"b"}, .choice = Choice::not_voting}},
                  false)
                .standing,
            Standing::lost);
}

}  // namespace
}  // namespace lockgate::workflow
