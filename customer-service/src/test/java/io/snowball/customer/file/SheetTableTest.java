package io.snowball.customer.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.snowball.customer.file.RecordReader.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTableTest {
    private static final Limits LIMITS = new Limits(1_000_000, 20);
    private static final String HEADER =
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>";

    @TempDir
    Path folder;

    @Test
    void readsTextsNumbersAndDaysAsCsvWouldHaveThem() throws Exception {
        String rows = HEADER + """
                <row r="2"><c r="A2" t="s"><v>3</v></c><c r="C2"><v>0.30000000000000004</v></c></row>
                <row r="3"/>
                <row r="4"><c r="A4" t="inlineStr"><is><t>1 &lt; 2</t></is></c><c r="B4" s="1"><v>45982</v></c><c r="C4" s="2"><v>45982.770833333336</v></c></row>
                <row r="5"><c r="A5"><v>7.9121234567E10</v></c><c r="B5" t="str"><f>A1&amp;"x"</f><v>kx</v></c><c r="C5" t="b"><v>1</v></c></row>
                <row r="6"><c r="A6" t="e"><v>#REF!</v></c></row>
                <row r="7"><c t="s"><v>1</v></c><c><v>5</v></c></row>
                """;
        assertThat(read(Workbooks.withRows(rows)))
                .containsExactly(
                        "1: id|name|city",
                        "2: Анна & Ко||0.3",
                        "4: 1 < 2|2025-11-21|2025-11-21T18:30",
                        "5: 79121234567|kx|true",
                        "6: a cell has no value that can be read, such as #REF! or a day before 1900",
                        "7: name|5|");
    }

    /** As &amp; stands in the XML of many a sheet: the parser's limits on entities must not count it. */
    @Test
    void readsALongSheet() throws Exception {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 2; i <= 60_000; i++) {
            rows.append("<row r=\"%1$d\"><c r=\"A%1$d\" t=\"inlineStr\"><is><t>&amp;&lt;%1$d&quot;</t></is></c></row>"
                    .formatted(i));
        }
        assertThat(read(Workbooks.withRows(rows.toString())))
                .hasSize(60_000)
                .last()
                .isEqualTo("60000: &<60000\"||");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r=\"2\"><c><v>",
                "<row r=\"2\"><c t=\"inlineStr\"><is><t>a",
                "<!-- ",
                "<![CDATA[",
                "<row r=\"",
                "<?pi ",
                "<row><c><v>1</v></c></row><row><c",
            })
    void refusesAZipBombBeforeItUnfolds(String begin) throws Exception {
        for (String endless : List.of("0", " ", "<x>")) {
            byte[] bomb = Workbooks.bomb(HEADER + begin, endless, 30 << 20);
            assertThat(bomb.length).isLessThan(2 << 20);
            assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> read(bomb));
        }
    }

    @Test
    void refusesASheetThatUnfoldsAHundredTimes() throws Exception {
        assertThatExceptionOfType(FileRefusedException.class)
                .isThrownBy(() -> read(Workbooks.bomb(HEADER, "<row/>", 60 << 20)))
                .withMessageContaining("unfolds");
    }

    @Test
    void refusesWhatIsNoWorkbook() throws Exception {
        assertThatExceptionOfType(FileRefusedException.class)
                .isThrownBy(() -> read("id;name".getBytes(UTF_8)))
                .withMessageContaining("not an Excel workbook");
        byte[] whole = Workbooks.withRows(HEADER);
        for (int length : new int[] {0, 4, 100, whole.length / 2, whole.length - 30, whole.length - 1}) {
            assertThatExceptionOfType(FileRefusedException.class)
                    .as("cut off after %d bytes", length)
                    .isThrownBy(() -> read(Arrays.copyOf(whole, length)));
        }
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 5; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                read(damaged);
            } catch (FileRefusedException refused) {
                assertThat(refused).hasMessageNotContaining("Exception");
            }
        }
    }

    @Test
    void refusesAWorkbookThatFetchesSomethingOrUnfoldsEntities() throws Exception {
        byte[] doctype = Workbooks.withSheet(out ->
                out.write("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><x>&a;</x>"
                        .getBytes(UTF_8)));
        assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> read(doctype));
    }

    private List<String> read(byte[] workbook) throws IOException, FileRefusedException {
        Path file = Files.write(folder.resolve("workbook.xlsx"), workbook);
        List<String> rows = new ArrayList<>();
        try (SheetTable table = new SheetTable(file, LIMITS)) {
            while (table.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < Math.min(table.width(), 20); i++) {
                    fields.add(table.text(i));
                }
                rows.add(table.line() + ": " + (table.fault() == null ? String.join("|", fields) : table.fault()));
            }
        }
        return rows;
    }
}
