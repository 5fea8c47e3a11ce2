package io.snowball.launcher.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.launcher.mailbox.StoredMail.Summary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MailStoreTest {
    @Test
    void keepsTheNewestAndDropsTheOldest() {
        MailStore store = new MailStore(3, 1_000_000);
        for (int i = 1; i <= 5; i++) {
            add(store, ("mail " + i).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(store.before(Long.MAX_VALUE, "", 10))
                .extracting(StoredMail::n)
                .containsExactly(5L, 4L, 3L);
        assertThat(store.find(2)).isEmpty();
        assertThat(new String(store.find(4).orElseThrow().source(), StandardCharsets.UTF_8))
                .isEqualTo("mail 4");
    }

    @Test
    void keepsFewerWhereMailsAreLarge() {
        MailStore store = new MailStore(100, 25_000);
        for (int i = 0; i < 10; i++) {
            byte[] incompressible = new byte[10_000];
            new Random(i).nextBytes(incompressible);
            add(store, incompressible);
        }
        assertThat(store.count()).isEqualTo(2);
        assertThat(store.last()).isEqualTo(10);
    }

    private static void add(MailStore store, byte[] source) {
        store.add(Instant.EPOCH, "shop@example.ru", List.of("anna@example.ru"), new Summary("s", "f", "id"), source);
    }
}
