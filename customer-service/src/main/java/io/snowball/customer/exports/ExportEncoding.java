package io.snowball.customer.exports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the texts of a CSV file are encoded. */
enum ExportEncoding {
    /** With its mark, by which spreadsheet programs know it. */
    UTF_8,
    /** What has no letter there becomes a question mark. */
    WINDOWS_1251;

    Charset charset() {
        return this == UTF_8 ? StandardCharsets.UTF_8 : Charset.forName("windows-1251");
    }
}
