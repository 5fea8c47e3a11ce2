package io.snowball.customer.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

enum ImportEncoding {
    UTF_8(StandardCharsets.UTF_8),
    WINDOWS_1251(Charset.forName("windows-1251"));

    private final Charset charset;

    ImportEncoding(Charset charset) {
        this.charset = charset;
    }

    Charset charset() {
        return charset;
    }

    static ImportEncoding of(Charset charset) {
        return charset.equals(UTF_8.charset) ? UTF_8 : WINDOWS_1251;
    }
}
