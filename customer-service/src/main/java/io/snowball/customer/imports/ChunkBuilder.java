package io.snowball.customer.imports;

import io.snowball.customer.file.SourceRecord;

/** Makes chunks of a file's records: one for orders, one for customers. */
interface ChunkBuilder {
    void add(SourceRecord record);

    /** Nothing more comes: what was waiting for its next line is complete. */
    void finish();

    /** Records, good and bad, that are waiting to be written. */
    int size();

    /** What has been collected, if anything; begins anew. */
    Chunk take();
}
