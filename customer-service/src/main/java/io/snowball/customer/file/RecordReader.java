package io.snowball.customer.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One record after the other. */
public interface RecordReader {
    /**
     * @return null at the end of the file
     * @throws IOException if the bytes stop coming
     */
    @Nullable
    SourceRecord next() throws IOException, FileRefusedException;

    /** @param maxLine in bytes, and at the same time all the memory that reading takes */
    record Limits(int maxLine, int maxColumns) {}
}
