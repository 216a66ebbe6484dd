// Boost.JSON as a header-only library: its sources, compiled once for the tool.
#include <boost/json/src.hpp>
