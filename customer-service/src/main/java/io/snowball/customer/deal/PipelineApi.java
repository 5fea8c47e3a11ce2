package io.snowball.customer.deal;

import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.deal.Pipeline.Stage;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Pipelines on the wire. */
final class PipelineApi {
    static final int MAX_STAGES = 50;
    private static final int MAX_NAME = 100;

    private PipelineApi() {}

    @Schema(name = "PipelineData")
    record PipelineData(
            @Schema(examples = "Продажа оборудования", maxLength = MAX_NAME) @NotNull
            String name,

            @Schema(description = "In their order; the first one is OPEN: deals begin there")
            @NotEmpty
            @Size(max = MAX_STAGES)
            List<@NotNull @Valid StageData> stages) {
        /** @throws io.snowball.platform.problem.ProblemException with all that is wrong */
        Pipeline toPipeline(UUID id, int version) {
            FieldErrors errors = new FieldErrors();
            String cleanName = errors.read("/name", () -> CleanText.required(name, MAX_NAME));
            List<Stage> read = new ArrayList<>();
            Set<String> names = new HashSet<>();
            Set<UUID> ids = new HashSet<>();
            for (int i = 0; i < stages.size(); i++) {
                StageData data = stages.get(i);
                boolean first = i == 0;
                Stage stage = errors.read("/stages/" + i, () -> data.toStage(first, names, ids));
                if (stage != null) {
                    read.add(stage);
                }
            }
            errors.throwIfAny();
            return new Pipeline(id, String.valueOf(cleanName), version, read);
        }
    }

    @Schema(name = "StageData")
    record StageData(
            @Schema(description = "Of a stage that is there already; left out for a new one") @Nullable
            UUID id,

            @Schema(examples = "Коммерческое предложение", maxLength = MAX_NAME) @NotNull
            String name,

            @NotNull StageKind kind,

            @Schema(
                    examples = "72",
                    description =
                            "Only for OPEN: after so many hours at the stage deal.overdue is told, once a stay. Left out: never")
            @Nullable
            @Min(1)
            @Max(87_600)
            Integer expectedHours) {
        private Stage toStage(boolean first, Set<String> names, Set<UUID> ids) {
            String clean = CleanText.required(name, MAX_NAME);
            if (!names.add(clean.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("has the name of another stage");
            }
            if (id != null && !ids.add(id)) {
                throw new IllegalArgumentException("comes twice");
            }
            if (first && kind != StageKind.OPEN) {
                throw new IllegalArgumentException("must be OPEN: deals begin at the first stage");
            }
            if (kind.isClosed() && expectedHours != null) {
                throw new IllegalArgumentException("is an end: nothing is overdue there");
            }
            return new Stage(id == null ? Ids.next() : id, clean, kind, expectedHours);
        }
    }

    @Schema(name = "PipelineView")
    record PipelineView(
            @NotNull UUID id,
            @Schema(examples = "Опт") @NotNull String name,

            @Schema(description = "Send it as If-Match when you replace the pipeline") @NotNull
            int version,

            @NotNull List<StageView> stages) {
        static PipelineView of(Pipeline pipeline) {
            return new PipelineView(
                    pipeline.id(),
                    pipeline.name(),
                    pipeline.version(),
                    pipeline.stages().stream().map(StageView::of).toList());
        }
    }

    @Schema(name = "StageView")
    record StageView(
            @NotNull UUID id,
            @NotNull String name,
            @NotNull StageKind kind,
            @Nullable Integer expectedHours) {
        static StageView of(Stage stage) {
            return new StageView(stage.id(), stage.name(), stage.kind(), stage.expectedHours());
        }
    }

    @Schema(name = "PipelineList")
    record PipelineList(@NotNull List<PipelineView> items) {}

    @Schema(
            name = "PipelineSummary",
            description = "How the deals of a pipeline stand, without those of blocked customers")
    record PipelineSummary(
            @NotNull List<StageSummary> stages,

            @Schema(description = "What deals of the last 365 days were lost to, the most frequent first; at most 50")
            @NotNull
            List<LossReason> lossReasons,

            @Schema(
                    examples = "21.5",
                    description =
                            "Mean days from the beginning to WON, of deals won in the last 365 days; absent without any")
            @Nullable
            BigDecimal meanDaysToWin) {}

    @Schema(name = "StageSummary")
    record StageSummary(
            @NotNull UUID stageId,
            @NotNull String name,
            @NotNull StageKind kind,

            @Schema(description = "Deals that are there now") @NotNull
            long deals,

            @Schema(description = "The sum of their amounts, where told") @NotNull
            Money amount,

            @Schema(description = "Those there for longer than expected") @NotNull
            long overdue,

            @Schema(
                    examples = "30.2",
                    description = "Mean length of the stays that ended in the last 365 days; absent without any")
            @Nullable
            BigDecimal meanHours) {}

    @Schema(name = "LossReason")
    record LossReason(
            @Schema(examples = "price", description = "Absent: lost without a reason told") @Nullable
            String reason,

            @NotNull long deals) {}
}
