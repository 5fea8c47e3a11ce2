package io.snowball.customer.imports;

import java.util.List;

/** What became of the records of a chunk. */
record Tally(int accepted, int updated, int unchanged, int rejected, List<LineError> errors) {}
