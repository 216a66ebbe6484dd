// Boost.JSON's own code, compiled here: Debian's package for it is not needed then.
#include <boost/json/src.hpp>
