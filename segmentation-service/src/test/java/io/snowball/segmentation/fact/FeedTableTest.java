package io.snowball.segmentation.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No schema says what events of siblings hold: the table does. If this fails, look at what reads the event here. */
class FeedTableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "| `blocking.changed` | `{customerId, blocked, categories: [...], at}`",
                "| `consent.changed` | `{customerId, recordId, type, purpose, channel, state, at, messageId?, legacyBundled?}`",
                "| `destruction.ordered` | `{customerId, destructionId, at}`",
                "| `customer.merged` | `{mergeId, customerId, mergedCustomerId}`",
                "| `referral.changed` | `{referralId, customerId, invitedId, state, orderId?, invitedAt, at, version}`",
                "| `customer.erased` | `{customerId}`",
                "| `message.changed` | `{messageId, campaignId, customerId, channel, state, at}`"
            })
    void siblingsTellWhatWeRead(String row) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "architecture.md"))).contains(row);
    }
}
