package io.snowball.consent.block;

import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of blocks. */
final class BlockApi {
    static final String CATEGORY = "\\*|[A-Z][A-Z0-9_]{0,49}";

    private BlockApi() {}

    record BlockProcessing(
            @NotNull UUID customerId,

            @Schema(examples = "PHONE", description = "Which data; absent or *: all")
            @Pattern(regexp = CATEGORY)
            @Nullable
            String category,

            @NotNull BlockReason reason,

            @Schema(description = "The request that asks for it") @Nullable
            UUID requestId) {

        String categoryOrAll() {
            return category == null ? Blocks.ALL : category;
        }
    }

    record ProcessingBlockView(
            @NotNull UUID customerId,
            @Schema(examples = "*") @NotNull String category,

            @NotNull BlockReason reason,
            @Nullable UUID requestId,
            @NotNull Instant blockedAt,

            @Schema(description = "CAN_NOT_BE_DESTROYED: the last day for it (152-FZ art. 21 p. 6)") @Nullable
            LocalDate destroyBy)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }
    }

    record ProcessingBlockPage(
            @NotNull List<ProcessingBlockView> items,
            @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .map(ProcessingBlockView::customerId)
                    .distinct()
                    .toList();
        }
    }
}
