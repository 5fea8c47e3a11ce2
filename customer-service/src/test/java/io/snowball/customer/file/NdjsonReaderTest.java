package io.snowball.customer.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.customer.file.RecordReader.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonReaderTest {
    private static final Columns COLUMNS =
            new Columns(List.of("id", "amount", "sku", "price"), List.of("id"), List.of("sku", "price"));

    @Test
    void readsObjectsWithTheirLines() throws IOException {
        assertThat(read("""
                {"id":"1","amount":10.10,"other":{"x":1},"lines":[{"sku":"a","price":5.05},{"sku":"b","price":"5.05"}]}

                {"id":2,"amount":1e3,"lines":null}
                """.getBytes(UTF_8))).containsExactly("1: [1, 10.1, a, 5.05] [1, 10.1, b, 5.05]", "3: ");
    }

    @Test
    void reportsWhatIsNoObjectOrNotUtf8OrTooLongAndGoesOn() throws IOException {
        String file = "{\"id\":\n[1]\nnull\n{\"id\":\"1\"} x\n{\"id\":\"" + "x".repeat(2000)
                + "\"}\n{\"id\":{}}\n{\"id\":\"2\",\"lines\":{}}\n"
                + "{\"id\":\"2\",\"lines\":[1]}\n{\"id\":\"Анна\"}\n{\"id\":\"9\",\"lines\":[]}";
        assertThat(read(file.getBytes(Charset.forName("windows-1251"))))
                .containsExactly(
                        "1: null the line is not well-formed JSON in UTF-8",
                        "2: null the line is not a JSON object",
                        "3: null the line is not a JSON object",
                        "4: null the line is not well-formed JSON in UTF-8",
                        "5: null the line is longer than 1000 bytes",
                        "6: id must be a text or a number",
                        "7: lines must be an array",
                        "8: lines must be an array of objects",
                        "9: null the line is not well-formed JSON in UTF-8",
                        "10: ");
    }

    private static List<String> read(byte[] file) throws IOException {
        NdjsonReader reader = new NdjsonReader(new ByteArrayInputStream(file), COLUMNS, new Limits(1000, 20));
        List<String> records = new ArrayList<>();
        SourceRecord record = reader.next();
        while (record != null) {
            records.add(record.line() + ": "
                    + (record.fault() == null
                            ? String.join(
                                    " ",
                                    record.lines() == null
                                            ? List.of()
                                            : record.lines().stream()
                                                    .map(Arrays::toString)
                                                    .toList())
                            : record.fault().field() + " " + record.fault().reason()));
            record = reader.next();
        }
        return records;
    }
}
