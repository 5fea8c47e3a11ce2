package io.snowball.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.feed.OwnFeed;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class SignedLinksTest {
    @Inject
    SignedLinks links;

    @Test
    void opensOnlyForTheUseItWasMadeFor() {
        String token = links.sign("unsubscribe", new byte[] {1, 2, 3});
        assertThat(links.verify("unsubscribe", token)).contains(new byte[] {1, 2, 3});
        assertThat(links.verify("open", token)).isEmpty();
    }

    @Test
    void isBrokenByAnyChangedCharacter() {
        String token = links.sign("open", new byte[16]);
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(links.verify("open", forged)).as("character %d", i).isEmpty();
        }
    }

    @Test
    void refusesRubbish() {
        assertThat(links.verify("open", "")).isEmpty();
        assertThat(links.verify("open", "%%%")).isEmpty();
        assertThat(links.verify("open", "AAAA")).isEmpty();
    }
}
