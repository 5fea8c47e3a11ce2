package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;

/**
 * Records that are written together.
 *
 * @param lastLine up to which the file is read when this is written
 * @param write does it, when subscribed to
 */
record Chunk(long lastLine, Uni<Tally> write) {}
