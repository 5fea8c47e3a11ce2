package io.snowball.consent.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r28: documents that last: fonts inside, the same bytes for the same words. */
class PaperTest {
    private static final Instant AT = Instant.parse("2026-11-22T01:00:00Z");

    @Test
    @DisplayName("r28: the same paper is the same file, another paper is another")
    void r28TheSamePaperIsTheSameFile() {
        assertThat(Printer.printed(sample("Иванов"), AT).sha256())
                .isEqualTo(Printer.printed(sample("Иванов"), AT).sha256())
                .isNotEqualTo(Printer.printed(sample("Петров"), AT).sha256());
    }

    @Test
    @DisplayName("r28: fonts and Unicode are inside, and it says that it is PDF/A-2u")
    void r28EverythingNeededIsInside() {
        String pdf = new String(PaperPdf.of(sample("Ёлкин-Щукин"), AT), StandardCharsets.ISO_8859_1);
        assertThat(pdf)
                .startsWith("%PDF-1.7")
                .endsWith("%%EOF\n")
                .contains("/FontFile2", "/ToUnicode", "<pdfaid:part>2</pdfaid:part>", "/Lang (ru-RU)")
                .doesNotContain("DeviceGray", "DeviceRGB", " rg\n", "/JavaScript");
    }

    @Test
    void everyObjectStandsWhereTheTableSays() {
        byte[] pdf = PaperPdf.of(sample("Ю"), AT);
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        int table = Integer.parseInt(text.replaceFirst("(?s).*startxref\n(\\d+)\n.*", "$1"));
        String[] lines = text.substring(table).split("\n");
        int count = Integer.parseInt(lines[1].split(" ")[1]);
        for (int number = 1; number < count; number++) {
            int offset = Integer.parseInt(lines[2 + number].substring(0, 10));
            assertThat(text.substring(offset)).startsWith(number + " 0 obj");
        }
    }

    @Test
    void russianLettersMapBackToText() throws IOException {
        byte[] pdf = PaperPdf.of(Paper.titled("Ж№«»—"), AT);
        assertThat(streams(pdf))
                .contains("<0416> endbfchar", "<2116> endbfchar", "<00ab> endbfchar", "<2014> endbfchar");
    }

    @Test
    void aLongPaperTakesSeveralPagesAndALongWordSeveralLines() {
        Paper paper = Paper.titled("Длинный").line("Хеш", "f".repeat(500));
        for (int i = 0; i < 200; i++) {
            paper.item("Строка номер " + i);
        }
        String pdf = new String(PaperPdf.of(paper, AT), StandardCharsets.ISO_8859_1);
        assertThat(pdf.split("/Type /Page ", -1).length - 1).isBetween(5, 8);
    }

    @Test
    void htmlShowsWhatPeopleWroteAsText() {
        assertThat(PaperHtml.of(Paper.titled("a").line("Имя", "<script>alert(\"&\")</script>")))
                .contains("&lt;script&gt;alert(&quot;&amp;&quot;)")
                .doesNotContain("<script");
    }

    private static Paper sample(String name) {
        return Paper.titled("Акт об уничтожении персональных данных № 1")
                .line("Субъект", name)
                .heading("Что уничтожено")
                .items(java.util.List.of("фамилия, имя, отчество", "адрес электронной почты"))
                .text("Первая строка\nВторая строка")
                .signature("Ответственный");
    }

    /** All compressed streams, one after the other. */
    private static String streams(byte[] pdf) throws IOException {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        StringBuilder all = new StringBuilder();
        for (int at = text.indexOf("/FlateDecode"); at >= 0; at = text.indexOf("/FlateDecode", at + 1)) {
            int length = Integer.parseInt(text.substring(at).replaceFirst("(?s)^.*?/Length (\\d+).*", "$1"));
            int start = text.indexOf("stream\n", at) + 7;
            var plain = new ByteArrayOutputStream();
            try (var inflater = new InflaterOutputStream(plain)) {
                inflater.write(pdf, start, length);
            }
            all.append(plain.toString(StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }
}
