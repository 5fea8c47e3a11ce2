package io.snowball.segmentation.erasure;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is left of a person, on the wire. */
final class TraceApi {
    private TraceApi() {}

    record FindSegmentationTraces(
            @Schema(description = "All ids that the person ever had") @NotNull @Size(min = 1, max = 2000)
            List<@NotNull UUID> customerIds) {}

    record SegmentationTraces(
            @Schema(description = "Whether the order to destroy has come for each of these ids") @NotNull
            boolean told,

            @Schema(description = "Only those with anything in them") @NotNull
            List<SegmentationTrace> categories) {}

    record SegmentationTrace(
            @NotNull Trace category,

            @Schema(examples = "3") @NotNull long rows) {}
}
