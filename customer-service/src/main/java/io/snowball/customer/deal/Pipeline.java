package io.snowball.customer.deal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param stages in their order, without those that were taken out */
record Pipeline(UUID id, String name, int version, List<Stage> stages) {
    /** @param expectedHours how long a deal should stay at most, or null where it may stay */
    record Stage(
            UUID id, String name, StageKind kind, @Nullable Integer expectedHours) {}

    Optional<Stage> stage(UUID stageId) {
        return stages.stream().filter(stage -> stage.id().equals(stageId)).findFirst();
    }

    /** Where deals begin: there is always an open stage, see {@link PipelineApi.PipelineData}. */
    Stage first() {
        return stages.stream()
                .filter(stage -> stage.kind() == StageKind.OPEN)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A pipeline without an open stage"));
    }
}
