package io.snowball.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on our feed is what the table of the feeds says: siblings are written by it, and no schema says it to them. */
class FeedTableTest {
    @ParameterizedTest
    @CsvSource({
        "consent.changed,     consent.ConsentChanged",
        "blocking.changed,    block.BlockingChanged",
        "destruction.ordered, destruction.DestructionOrdered",
        "contact.stopped,     decision.ContactStops$ContactStopped",
        "ledger.sealed,       seal.LedgerSealed"
    })
    void holdsTheFieldsOfEachEvent(String type, String record) throws IOException, ClassNotFoundException {
        String table = Files.readString(Path.of("..", "docs", "architecture.md"));
        Matcher row = Pattern.compile("\\| `" + Pattern.quote(type) + "` \\| `\\{([^}]*)}")
                .matcher(table);
        assertThat(row.find()).as("a row of %s", type).isTrue();
        List<String> documented = Arrays.stream(row.group(1).split(","))
                .map(field -> field.strip().replaceAll("[?:].*", ""))
                .toList();
        List<String> fields = Arrays.stream(
                        Class.forName("io.snowball.consent." + record).getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(documented).containsExactlyElementsOf(fields);
    }
}
