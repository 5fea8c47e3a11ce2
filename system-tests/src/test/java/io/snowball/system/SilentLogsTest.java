package io.snowball.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.launcher.people.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No log knows a person: not after imports, errors, kills and campaigns either (152-FZ; DESIGN: personal data live in two services). */
class SilentLogsTest {
    private static final Pattern ADDRESS =
            Pattern.compile("[\\w.+-]+@(?:[\\w-]+\\.)+[a-z]{2,}|(?:\\+7|\\b8)9\\d{9}\\b");

    private final Snowball snowball = Snowball.running();

    @Test
    void noLogHoldsAnAddressANameOrANumber() throws IOException {
        // So that there is something to be silent about, whatever ran before.
        Campaigns campaigns = new Campaigns(snowball.api()).withConsentingCustomers(20);
        String campaign = campaigns.prepared();
        campaigns.launch(campaign);
        Campaigns.until(() -> campaigns.report(campaign).path("sent").asLong() == 20);
        String first = campaigns.customers().getFirst();
        snowball.api().get("/api/v1/customers/" + first);

        Set<String> names =
                IntStream.range(0, 20).mapToObj(n -> Person.of(n).lastName()).collect(Collectors.toSet());
        List<Path> logs;
        try (Stream<Path> files = Files.list(snowball.folder().resolve("logs"))) {
            logs = files.filter(Files::isRegularFile).toList();
        }
        assertThat(logs).hasSizeGreaterThanOrEqualTo(6);
        for (Path log : logs) {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            Matcher matcher = ADDRESS.matcher(text);
            assertThat(matcher.results().map(found -> found.group()).toList())
                    .as("addresses in %s", log.getFileName())
                    .isEmpty();
            assertThat(names).as("names in %s", log.getFileName()).noneMatch(text::contains);
        }
    }
}
