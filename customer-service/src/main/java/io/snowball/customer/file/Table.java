package io.snowball.customer.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file as rows of texts, of which the first one names the columns. What is asked for is of the row that was gone to last. */
public interface Table {
    /**
     * Goes to the next row that is not blank.
     *
     * @return false at the end
     * @throws IOException if the bytes stop coming
     */
    boolean next() throws IOException, FileRefusedException;

    /** Where the row begins, from 1. */
    long line();

    /** How many fields the row has. */
    int width();

    /** Empty where the field is; with U+FFFD in it where the bytes are no text. */
    String text(int field);

    /** Why the row can't be used, or null. */
    @Nullable
    String fault();
}
