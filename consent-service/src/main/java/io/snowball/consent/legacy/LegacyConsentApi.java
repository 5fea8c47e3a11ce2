package io.snowball.consent.legacy;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of those to be asked anew. */
final class LegacyConsentApi {
    private LegacyConsentApi() {}

    @Schema(description = "Customers by id")
    record LegacyConsentPage(
            @NotNull List<UUID> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items;
        }
    }

    record LegacyConsentCounts(@NotNull List<LegacyConsentCount> items) {}

    record LegacyConsentCount(
            @Schema(examples = "marketing") @NotNull String purpose,

            @NotNull Channel channel,
            @NotNull ConsentType type,
            @Schema(examples = "1840") @NotNull long customers) {}
}
