// Boost.JSON, which Debian's libboost1.81-dev ships as headers, compiled once for all that use it.
#include <boost/json/src.hpp>
