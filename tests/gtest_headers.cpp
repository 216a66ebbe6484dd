// The target of this file owns the precompiled headers of all test programs.
