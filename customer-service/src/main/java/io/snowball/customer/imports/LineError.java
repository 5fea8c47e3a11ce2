package io.snowball.customer.imports;

import org.jspecify.annotations.Nullable;

/** What was wrong in a file, and where; never the value itself, which may be personal. */
record LineError(long line, @Nullable String field, String reason) {}
