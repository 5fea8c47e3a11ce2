package io.snowball.customer.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.snowball.customer.file.RecordReader.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTableTest {
    private static final Columns COLUMNS = new Columns(List.of("id", "name", "city"), List.of("id"), List.of());
    private static final Limits LIMITS = new Limits(1000, 20);

    @Test
    void readsFieldsByTheirHeaderWhateverTheOrder() throws Exception {
        assertThat(read("CITY, name ,other,id\nКазань,Анна,x,1\n,,,2\n"))
                .containsExactly("2: 1 Анна Казань", "3: 2 null null");
    }

    @Test
    void readsQuotedFieldsWithDelimitersMarksAndLineBreaks() throws Exception {
        assertThat(read("id,name,city\n\"1\",\"a,\"\"b\"\"\",\"x\r\ny\"\r\n2,it's \"fine\",z\r\n"))
                .containsExactly("2: 1 a,\"b\" x\r\ny", "4: 2 it's \"fine\" z");
    }

    @Test
    void readsAFileWithByteOrderMarkBlankLinesAndNoLastLineBreak() throws Exception {
        assertThat(read("\uFEFFid,name,city\n\n1,a,b\n\r\n2,c,")).containsExactly("3: 1 a b", "5: 2 c null");
    }

    @Test
    void losesOnlyTheLineWithAForgottenQuotationMark() throws Exception {
        String rest = "7,a,b\n".repeat(30);
        List<String> records = read("id,name,city\n1,\"a,b\n" + rest);
        assertThat(records).hasSize(31).startsWith("2: fault null a quotation mark is not closed", "3: 7 a b");
        assertThat(records.getLast()).isEqualTo("32: 7 a b");
    }

    @Test
    void losesOnlyTheLineWithAForgottenQuotationMarkAtTheEnd() throws Exception {
        assertThat(read("id,name,city\n1,\"a,b\n2,c,d\n3,e,f"))
                .containsExactly("2: fault null a quotation mark is not closed", "3: 2 c d", "4: 3 e f");
    }

    @Test
    void losesOnlyTheLineWithTextBehindAMark() throws Exception {
        assertThat(read("id,name,city\n1,\"a\"b,c\n2,d,e\n"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("2: fault null there is text behind"),
                        second -> assertThat(second).isEqualTo("3: 2 d e"));
    }

    @Test
    void reportsALineThatIsTooLongAndGoesOn() throws Exception {
        assertThat(read("id,name,city\n1," + "x".repeat(5000) + ",b\n2,c,d\n3,\"" + "y\n".repeat(10) + "z".repeat(3000)
                        + "\n4,e,f\n"))
                .contains("2: fault null the line is longer than 1000 bytes", "3: 2 c d")
                .last()
                .asString()
                .endsWith(": 4 e f");
    }

    @Test
    void reportsALineWithAnotherNumberOfFields() throws Exception {
        assertThat(read("id,name,city\n1,a\n2,b,c,d\n3,e,f\n"))
                .containsExactly(
                        "2: fault null the line has 2 fields, the header has 3",
                        "3: fault null the line has 4 fields, the header has 3",
                        "4: 3 e f");
    }

    @Test
    void reportsTheColumnThatIsNotUtf8() throws Exception {
        byte[] bytes = "id,name,city\n1,Анна,x\n2,b,c\n".getBytes(Charset.forName("windows-1251"));
        assertThat(read(new ByteArrayInputStream(bytes)))
                .containsExactly("2: fault name is not UTF-8: save the file in UTF-8", "3: 2 b c");
    }

    @Test
    void refusesAFileWithoutARequiredColumnAndNamesIt() {
        assertThatExceptionOfType(FileRefusedException.class)
                .isThrownBy(() -> read("secret@example.ru,name\n1,a\n"))
                .withMessageContaining("id")
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesAFileOfTwoThousandColumnsAnEmptyOneAndOneWithAColumnTwice() {
        assertThatExceptionOfType(FileRefusedException.class)
                .isThrownBy(() -> reader(
                                stream("id" + ",c".repeat(1999) + "\n"),
                                new Dialect(null, null),
                                new Limits(100_000, 20))
                        .next())
                .withMessageContaining("more than 20 columns");
        assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> read(""));
        assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> read("id,name,ID\n"));
        assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> read("x".repeat(5000)));
    }

    /** Whatever the bytes and however they come: it ends, in bounded memory, and finds the good line behind the rubbish. */
    @Test
    void survivesAnyBytes() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes("id,name,city\n".getBytes(UTF_8));
            byte[] rubbish = new byte[random.nextInt(4000)];
            random.nextBytes(rubbish);
            for (int i = 0; i < rubbish.length; i++) {
                if (random.nextInt(4) == 0) {
                    rubbish[i] = (byte) "\",\n\r".charAt(random.nextInt(4));
                }
            }
            file.writeBytes(rubbish);
            file.writeBytes(("\n" + "\"\n".repeat(2) + "good,good,good\n".repeat(25)).getBytes(UTF_8));
            assertThat(read(new Trickle(file.toByteArray(), random)))
                    .as("seed %d", seed)
                    .last()
                    .asString()
                    .endsWith("good good good");
        }
    }

    /** However the bytes arrive, the records are the same. */
    @Test
    void readsTheSameInPiecesOfAnySize() throws Exception {
        String text = "id,name,city\n" + "1,\"a\"\"b\nc\",d\r\n2,é€😀,\n".repeat(200);
        List<String> whole = read(text);
        assertThat(whole).hasSize(400);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(read(new Trickle(text.getBytes(UTF_8), new Random(seed))))
                    .isEqualTo(whole);
        }
    }

    @Test
    void findsOutTheDelimiter() throws Exception {
        for (String delimiter : List.of(",", ";", "\t", "|")) {
            String file = "id,name,city,other\n1,\"a,;|b\",c,d\n"
                    .replace(",", delimiter)
                    .replace("a" + delimiter, "a,");
            assertThat(read(stream(file), new Dialect(null, null))).containsExactly("2: 1 a,;|b c");
        }
        assertThat(read(stream("\n\nid\n1\n"), new Dialect(null, null))).containsExactly("4: 1 null null");
    }

    @Test
    void findsOutThatAFileIsInWindows1251() throws Exception {
        byte[] bytes =
                ("id;name;city\n" + "1;a;b\n".repeat(3) + "2;Её;Казань\n3;Юля;Уфа\n").getBytes(Dialect.WINDOWS_1251);
        assertThat(read(new ByteArrayInputStream(bytes), new Dialect(null, null)))
                .last()
                .isEqualTo("6: 3 Юля Уфа");
        byte[] headings = "id;ИМЯ\n1;Юля\n".getBytes(Dialect.WINDOWS_1251);
        Columns mapped = COLUMNS.mappedBy(java.util.Map.of("Имя", "name"));
        SourceRecord record = new TableReader(
                        new CsvTable(new ByteArrayInputStream(headings), new Dialect(null, null), LIMITS),
                        mapped,
                        LIMITS)
                .next();
        assertThat(requireNonNull(record).fields()).startsWith("1", "Юля");
    }

    @Test
    void keepsAFileInUtf8WithABrokenByteInUtf8() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("id,name,city\n1,Анна,b\n2,".getBytes(UTF_8));
        file.write(0xff);
        file.writeBytes(",c\n3,Пётр,d\n".getBytes(UTF_8));
        assertThat(read(new ByteArrayInputStream(file.toByteArray()), new Dialect(null, null)))
                .containsExactly("2: 1 Анна b", "3: fault name is not UTF-8: save the file in UTF-8", "4: 3 Пётр d");
    }

    @Test
    void refusesWhatIsNoCsvAtAll() {
        assertThatExceptionOfType(FileRefusedException.class)
                .isThrownBy(() ->
                        read(new ByteArrayInputStream("id,name".getBytes(java.nio.charset.StandardCharsets.UTF_16))))
                .withMessageContaining("UTF-16");
        assertThatExceptionOfType(FileRefusedException.class)
                .isThrownBy(() -> read("PK\u0003\u0004rest"))
                .withMessageContaining("XLSX");
    }

    @Test
    void takesTheColumnsThatAreMapped() throws Exception {
        Columns mapped = COLUMNS.mappedBy(java.util.Map.of("Client No", "id", "город", "city"));
        RecordReader reader = new TableReader(
                new CsvTable(stream("id,CLIENT NO,Город,name\nx,1,Уфа,Анна\n"), new Dialect(null, null), LIMITS),
                mapped,
                LIMITS);
        SourceRecord record = reader.next();
        assertThat(requireNonNull(record).fields()).containsExactly("1", "Анна", "Уфа");
    }

    /** Gives few bytes at a time. */
    private static final class Trickle extends InputStream {
        private final ByteArrayInputStream bytes;
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(50)));
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<String> read(String text) throws IOException, FileRefusedException {
        return read(stream(text));
    }

    private static List<String> read(InputStream in) throws IOException, FileRefusedException {
        return read(in, new Dialect(',', UTF_8));
    }

    private static RecordReader reader(InputStream in, Dialect dialect, Limits limits) {
        return new TableReader(new CsvTable(in, dialect, limits), COLUMNS, limits);
    }

    private static List<String> read(InputStream in, Dialect dialect) throws IOException, FileRefusedException {
        RecordReader reader = reader(in, dialect, LIMITS);
        List<String> records = new ArrayList<>();
        SourceRecord record = reader.next();
        while (record != null) {
            records.add(record.line() + ": "
                    + (record.fault() == null
                            ? String.join(
                                    " ",
                                    Arrays.stream(record.fields())
                                            .map(String::valueOf)
                                            .toList())
                            : "fault " + record.fault().field() + " "
                                    + record.fault().reason()));
            record = reader.next();
        }
        return records;
    }
}
