package io.snowball.segmentation.plan;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.plan.PlanApi.Evidence;
import io.snowball.segmentation.plan.PlanApi.PlanView;
import io.snowball.segmentation.plan.PlanApi.Stage;
import io.snowball.segmentation.plan.PlanApi.StageView;
import io.snowball.segmentation.plan.PlanApi.Step;
import io.snowball.segmentation.plan.PlanApi.StepView;
import io.snowball.segmentation.plan.PlanApi.WarningCode;
import io.snowball.segmentation.plan.PlanApi.WarningView;
import io.snowball.segmentation.report.Csv;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** G13: the ten steps; A6: their stages; A10: what was begun too early. */
@ApplicationScoped
class Plans {
    /** E11: 30 to 80 thousand is the typical path. */
    private static final long USUAL_BASE = 30_000;

    private static final List<Step> BEFORE_CHANNELS = List.of(Step.RESEARCH, Step.GOALS, Step.SEGMENTATION_MODEL);

    private final Pool pool;
    private final PlanSql sql;
    private final Clock clock;

    Plans(Pool pool, PlanSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    Uni<PlanView> current() {
        return pool.withTransaction(tx ->
                sql.done(tx).chain(done -> sql.evidence(tx, clock.instant()).map(evidence -> view(done, evidence))));
    }

    /** @param doneOn null opens the step again */
    Uni<PlanView> tick(Step step, @Nullable LocalDate doneOn) {
        if (doneOn != null && (doneOn.isAfter(today()) || doneOn.getYear() < 1900)) {
            throw ProblemException.invalidField("/doneOn", "out-of-range", "must be today or a day since 1900");
        }
        return (doneOn == null ? sql.open(pool, step) : sql.tick(pool, step, doneOn)).chain(this::current);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static PlanView view(Map<Step, LocalDate> done, Evidence evidence) {
        return new PlanView(
                Arrays.stream(Step.values())
                        .map(step -> new StepView(
                                step, step.nameRu(), step.stage(), done.get(step), evidence(step, evidence)))
                        .toList(),
                Arrays.stream(Stage.values()).map(stage -> stage(stage, done)).toList(),
                warnings(done, evidence));
    }

    private static StageView stage(Stage stage, Map<Step, LocalDate> done) {
        List<Step> steps = Arrays.stream(Step.values())
                .filter(step -> step.stage() == stage)
                .toList();
        return new StageView(
                stage,
                stage.nameRu(),
                (int) steps.stream().filter(done::containsKey).count(),
                steps.size());
    }

    private static String evidence(Step step, Evidence seen) {
        return switch (step) {
            case RESEARCH -> seen.orders() + " orders can be analysed: see getBusinessQuestions";
            case GOALS -> seen.targets() + " years have goals: see setGrowthTargets";
            case DIRECTIONS -> "Which lever is to grow is for people to decide: see getGrowthLevers, getAnsoffMatrix";
            case MECHANICS -> "What is offered to whom is for people to decide: see getDifferentiatedOffers";
            case SEGMENTATION_MODEL -> seen.segments() + " segments are written";
            case DATA_BASE -> seen.customers() + " customers and " + seen.orders() + " orders are here";
            case PLATFORM -> seen.channels() + " channels have carried messages";
            case DATA_COLLECTION -> seen.newInMonth() + " customers registered in the last 30 days";
            case MANAGEMENT_REPORTS -> "Who reads which report when is for people to decide: see getMetricReport";
            case GRADUAL_LAUNCH ->
                seen.firstMessageAt() == null
                        ? "No message was sent yet"
                        : seen.messages() + " messages since " + day(seen.firstMessageAt());
        };
    }

    private static List<WarningView> warnings(Map<Step, LocalDate> done, Evidence seen) {
        List<WarningView> warnings = new ArrayList<>();
        Instant first = seen.firstMessageAt();
        if (first != null) {
            String open = BEFORE_CHANNELS.stream()
                    .filter(step -> !done.containsKey(step) || done.get(step).isAfter(day(first)))
                    .map(Step::name)
                    .collect(Collectors.joining(", "));
            if (!open.isEmpty()) {
                warnings.add(new WarningView(
                        WarningCode.CHANNELS_BEFORE_ANALYSIS,
                        "Messages have been sent since " + day(first) + ", but these steps were not done by then: "
                                + open));
            }
            if (seen.reachable() < USUAL_BASE) {
                warnings.add(new WarningView(
                        WarningCode.SMALL_BASE,
                        seen.reachable()
                                + " customers have an address; 30,000 to 80,000 are usual before mass mailing"));
            }
        }
        if (seen.flooded() > 0) {
            warnings.add(new WarningView(
                    WarningCode.TOO_MANY_MESSAGES, seen.flooded() + " customers got 24 messages or more in 30 days"));
        }
        return warnings;
    }

    static String csv(PlanView plan) {
        return Csv.table(
                List.of("step", "nameRu", "stage", "doneOn", "evidence"),
                plan.steps().stream()
                        .map(step ->
                                Csv.row(step.step(), step.nameRu(), step.stage(), step.doneOn(), step.evidence())));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
