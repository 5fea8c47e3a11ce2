package io.snowball.segmentation.plan;

import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the plan and the questions. */
final class PlanApi {
    private PlanApi() {}

    @Schema(name = "PlanStage", description = "A6: the five stages of a project, in their order")
    enum Stage {
        BUSINESS_ANALYSIS("Анализ бизнеса"),
        GOALS_AND_KPI("Цели и KPI"),
        COLLECTING_CONTACTS("Сбор контактов"),
        ANALYSING_BASE("Анализ базы"),
        CHOOSING_CHANNELS("Выбор каналов");

        private final String nameRu;

        Stage(String nameRu) {
            this.nameRu = nameRu;
        }

        String nameRu() {
            return nameRu;
        }
    }

    @Schema(name = "PlanStepName", description = "G13: the ten steps, in their order")
    enum Step {
        RESEARCH("Исследование", Stage.BUSINESS_ANALYSIS),
        GOALS("Цели", Stage.GOALS_AND_KPI),
        DIRECTIONS("Направления", Stage.GOALS_AND_KPI),
        MECHANICS("Механики", Stage.CHOOSING_CHANNELS),
        SEGMENTATION_MODEL("Модель сегментации", Stage.ANALYSING_BASE),
        DATA_BASE("База данных", Stage.COLLECTING_CONTACTS),
        PLATFORM("Платформа", Stage.COLLECTING_CONTACTS),
        DATA_COLLECTION("Сбор данных", Stage.COLLECTING_CONTACTS),
        MANAGEMENT_REPORTS("Управленческие отчёты", Stage.ANALYSING_BASE),
        GRADUAL_LAUNCH("Постепенный запуск", Stage.CHOOSING_CHANNELS);

        private final String nameRu;
        private final Stage stage;

        Step(String nameRu, Stage stage) {
            this.nameRu = nameRu;
            this.stage = stage;
        }

        String nameRu() {
            return nameRu;
        }

        Stage stage() {
            return stage;
        }
    }

    @Schema(name = "ImplementationPlan", description = "G13, A6, A10")
    record PlanView(
            @NotNull List<StepView> steps,
            @NotNull List<StageView> stages,

            @Schema(description = "Empty where all is in order") @NotNull
            List<WarningView> warnings) {}

    @Schema(name = "PlanStep")
    record StepView(
            @NotNull Step step,

            @Schema(examples = "Модель сегментации") @NotNull
            String nameRu,

            @NotNull Stage stage,

            @Schema(description = "When somebody ticked it off; absent while it is open") @Nullable
            LocalDate doneOn,

            @Schema(
                    examples = "3 segments are written",
                    description = "What the data here show of it, whether it is ticked off or not")
            @NotNull
            String evidence) {}

    @Schema(name = "PlanStageState")
    record StageView(
            @NotNull Stage stage,

            @Schema(examples = "Анализ базы") @NotNull String nameRu,

            @Schema(examples = "1") @NotNull int stepsDone,

            @Schema(examples = "2") @NotNull int steps) {}

    @Schema(
            name = "PlanWarningCode",
            description =
                    "CHANNELS_BEFORE_ANALYSIS (A10): messages were sent before research, goals or segmentation were done; such "
                            + "communications tend not to pay back. SMALL_BASE (E11): fewer than the 30,000 contacts that are usual before mass "
                            + "mailing. TOO_MANY_MESSAGES (E9): customers who got 24 messages or more in 30 days")
    enum WarningCode {
        CHANNELS_BEFORE_ANALYSIS,
        SMALL_BASE,
        TOO_MANY_MESSAGES
    }

    @Schema(name = "PlanWarning")
    record WarningView(
            @NotNull WarningCode code,

            @Schema(examples = "Messages have been sent since 2026-11-01, but these steps were not done by then: GOALS")
            @NotNull
            String detail) {}

    @Schema(name = "PlanStepDone")
    record StepDone(
            @Schema(description = "Absent or null: the step is open again") @Nullable
            LocalDate doneOn) {}

    @Schema(name = "BusinessQuestionName")
    enum Question {
        WHO_BUYS_AND_RETURNS("Кто покупает и кто возвращается"),
        WHAT_HINDERS("Что мешает"),
        DECISION_TIME("Сколько принимают решение"),
        GROWTH_ROOM("Куда расти"),
        LIFE_CYCLE("Жизненный цикл клиента"),
        RUNNING_ACTIVITIES("Что уже делается"),
        STATE_OF_BASE("Состояние базы"),
        PRODUCT_CYCLE("Цикл товара");

        private final String nameRu;

        Question(String nameRu) {
            this.nameRu = nameRu;
        }

        String nameRu() {
            return nameRu;
        }
    }

    @Schema(
            name = "BusinessQuestions",
            description = "A8: the eight questions, as far as the base answers them. Days are UTC, both inclusive")
    record QuestionsView(
            @NotNull LocalDate from,
            @NotNull LocalDate to,

            @Schema(description = "The period compared with; absent without comparison") @Nullable
            LocalDate comparedFrom,

            @Nullable LocalDate comparedTo,
            @NotNull List<QuestionView> questions) {}

    @Schema(name = "BusinessQuestion")
    record QuestionView(
            @NotNull Question question,

            @Schema(examples = "Кто покупает и кто возвращается") @NotNull
            String nameRu,

            @NotNull List<Answer> answers,

            @Schema(description = "What the base can't tell of it, and where to ask; absent where it tells all")
            @Nullable
            String notKnown) {}

    @Schema(name = "BusinessAnswer")
    record Answer(
            @Schema(examples = "oneTimePercent") @NotNull String name,

            @Schema(examples = "34.42", description = "Two decimal places; absent where there is nothing to divide by")
            @Nullable
            BigDecimal value,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal before,

            @Schema(
                    examples =
                            "customers with exactly one order by the end / customers with an order by the end, per cent")
            @NotNull
            String formula) {}

    /** What the tables tell of the steps. */
    record Evidence(
            long customers,
            long reachable,
            long orders,
            long segments,
            long targets,
            long messages,
            @Nullable Instant firstMessageAt,
            long channels,
            long newInMonth,
            long flooded) {}
}
