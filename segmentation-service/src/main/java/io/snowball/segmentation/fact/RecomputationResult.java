package io.snowball.segmentation.fact;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "MetricRecomputation")
record RecomputationResult(
        @Schema(examples = "0", description = "Whose metrics were not what their orders say, and are now") @NotNull
        long customersCorrected,

        @Schema(description = "False where there may be more: ask again") @NotNull
        boolean complete,

        @Schema(examples = "6200", description = "Milliseconds that it took") @NotNull
        long tookMillis) {}
