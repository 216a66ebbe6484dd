// The target of this file owns the precompiled headers of libraries and plugins.
