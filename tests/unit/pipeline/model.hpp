// The reference model: what a program of one rule and one expiry should do, written again from its
// description in plain maps and loops. It shares no code with the daemon, not even arithmetic:
// times are days, shares are dealt out one by one, parts of returns are counted point by point.
//
// The programme: 1 point for each whole pound of goods that are no gift cards; points lapse at the
// midnight that ends the 30th day after (UTC). One thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace accrue::model {

using Number = std::int64_t;

struct Line {
  bool gift_card = false;
  Number pence = 0;
  Number quantity = 1;
};

enum class Policy : std::uint8_t { only_pending, within_balance, allow_negative };

class Books {
 public:
  explicit Books(Policy policy) : policy_(policy) {}

  /// `minute` counts from 1970, as every time here.
  void sell(const std::string& id, int member, Number minute, const std::vector<Line>& lines) {
    pass(member, minute);
    Number pence = 0;
    for (const Line& line : lines) pence += line.gift_card ? 0 : line.pence;
    const Number points = pence / 100;
    Sale& sale = sales_[id];
    sale.member = member;
    sale.points = deal(points, lines);
    for (const Line& line : lines) sale.left.push_back(line.quantity);
    sale.bought = sale.left;
    if (points == 0) return;
    Account& account = accounts_[member];
    account.issued += points;
    const Number owed = std::min(account.owed, points);
    account.owed -= owed;
    if (points > owed) {
      account.lots.push_back({minute / 1440 + 31, minute, order_++, id, points - owed});
    }
  }

  void bring_back(int member, Number minute, Number pence) {
    pass(member, minute);
    take(member, pence / 100, "");
  }

  /// False when the return does not fit.
  bool bring_back(int member, Number minute, const std::string& id,
                  const std::map<std::size_t, Number>& units) {
    pass(member, minute);
    Sale& sale = sales_.at(id);
    if (sale.member != member) return false;
    for (const auto& [line, count] : units) {
      if (count > sale.left.at(line)) return false;
    }
    Number points = 0;
    for (const auto& [line, count] : units) {
      points -= given_back(sale, line);
      sale.left[line] -= count;
      points += given_back(sale, line);
    }
    take(member, points, id);
    return true;
  }

  void pass(Number minute) {
    for (auto& [member, ignored] : accounts_) pass(member, minute);
  }

  Number available(int member) const {
    const Account& account = accounts_.at(member);
    Number sum = -account.owed;
    for (const Lot& lot : account.lots) sum += lot.left;
    return sum;
  }
  Number owed(int member) const { return accounts_.at(member).owed; }
  /// Points left by the day they lapse on.
  std::map<Number, Number> by_day(int member) const {
    std::map<Number, Number> days;
    for (const Lot& lot : accounts_.at(member).lots) days[lot.lapses_on] += lot.left;
    return days;
  }
  Number issued(int member) const { return accounts_.at(member).issued; }
  Number expired(int member) const { return accounts_.at(member).expired; }
  Number reversed(int member) const { return accounts_.at(member).reversed; }
  bool knows(int member) const { return accounts_.count(member) > 0; }
  void meet(int member) { accounts_[member]; }

 private:
  struct Lot {
    Number lapses_on;  ///< Day from 1970.
    Number earned;     ///< Minute.
    Number order;
    std::string sale;
    Number left;
  };
  struct Account {
    std::vector<Lot> lots;
    Number owed = 0, issued = 0, expired = 0, reversed = 0;
  };
  struct Sale {
    int member = 0;
    std::vector<Number> points, bought, left;
  };

  /// Largest remainder, by dealing: each point to whoever is owed most of one.
  static std::vector<Number> deal(Number points, const std::vector<Line>& lines) {
    std::vector<Number> shares(lines.size(), 0);
    Number whole = 0;
    for (const Line& line : lines) whole += line.gift_card ? 0 : line.pence;
    if (whole <= 0) return shares;
    Number left = points;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Number weight = lines[i].gift_card ? 0 : lines[i].pence;
      while ((shares[i] + 1) * whole <= points * weight) {
        ++shares[i];
        --left;
      }
    }
    std::vector<bool> topped(lines.size(), false);
    for (; left > 0; --left) {
      std::size_t neediest = lines.size();
      Number need = -1;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const Number weight = lines[i].gift_card ? 0 : lines[i].pence;
        const Number missing = points * weight - shares[i] * whole;
        if (!topped[i] && missing > need) {
          need = missing;
          neediest = i;
        }
      }
      topped[neediest] = true;
      ++shares[neediest];
    }
    return shares;
  }

  /// Points of a line that are gone with its goods: as many as fit whole into the part returned.
  static Number given_back(const Sale& sale, std::size_t line) {
    const Number back = sale.bought[line] - sale.left[line];
    Number count = 0;
    while (count < sale.points[line] &&
           (count + 1) * sale.bought[line] <= sale.points[line] * back) {
      ++count;
    }
    return count;
  }

  void take(int member, Number points, const std::string& sale) {
    Account& account = accounts_[member];
    if (policy_ == Policy::only_pending) return;
    if (policy_ == Policy::within_balance) {
      points = std::min(points, std::max<Number>(0, available(member)));
    }
    account.reversed += points;
    std::sort(account.lots.begin(), account.lots.end(), [&](const Lot& a, const Lot& b) {
      if ((a.sale == sale) != (b.sale == sale)) return a.sale == sale;
      if (a.lapses_on != b.lapses_on) return a.lapses_on < b.lapses_on;
      if (a.earned != b.earned) return a.earned < b.earned;
      return a.order < b.order;
    });
    for (Lot& lot : account.lots) {
      const Number part = std::min(points, lot.left);
      lot.left -= part;
      points -= part;
    }
    account.owed += points;
    std::erase_if(account.lots, [](const Lot& lot) { return lot.left == 0; });
  }

  void pass(int member, Number minute) {
    Account& account = accounts_[member];
    for (const Lot& lot : account.lots) {
      if (lot.lapses_on * 1440 <= minute) account.expired += lot.left;
    }
    std::erase_if(account.lots, [&](const Lot& lot) { return lot.lapses_on * 1440 <= minute; });
  }

  Policy policy_;
  Number order_ = 0;
  std::map<int, Account> accounts_;
  std::map<std::string, Sale> sales_;
};

}  // namespace accrue::model
