package io.snowball.customer.file;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** How a CSV file is written; what is null is found out from the file. */
public record Dialect(
        @Nullable Character delimiter, @Nullable Charset charset) {
    static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
}
