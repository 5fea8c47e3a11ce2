package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.economics.EconomicsApi.CompareScenarios;
import io.snowball.segmentation.economics.EconomicsApi.DoublingInputs;
import io.snowball.segmentation.economics.EconomicsApi.DoublingView;
import io.snowball.segmentation.economics.EconomicsApi.GrowthInputs;
import io.snowball.segmentation.economics.EconomicsApi.GrowthScenario;
import io.snowball.segmentation.economics.EconomicsApi.LiveInputsView;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyView;
import io.snowball.segmentation.economics.EconomicsApi.ScenarioComparison;
import io.snowball.segmentation.economics.EconomicsApi.ScenarioView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The models, fed by the caller or by the live base. */
@ApplicationScoped
class Economics {
    static final int MONTHS = 12;
    static final int ACTIVE_DAYS = 90;

    private final LiveInputs live;

    Economics(LiveInputs live) {
        this.live = live;
    }

    Uni<LiveInputsView> live(int months, int activeDays) {
        return live.measure(months, activeDays);
    }

    Uni<ScenarioComparison> compare(CompareScenarios body) {
        for (GrowthScenario scenario : body.scenarios()) {
            GrowthInputs inputs = scenario.inputs();
            if (inputs != null) {
                checkNotNegative(inputs.averageBill(), "/scenarios");
            }
        }
        int months = Objects.requireNonNullElse(body.months(), MONTHS);
        if (body.scenarios().stream().allMatch(scenario -> scenario.inputs() != null)) {
            return Uni.createFrom().item(() -> compared(body.scenarios(), null, months));
        }
        return live.measure(MONTHS, ACTIVE_DAYS).map(now -> compared(body.scenarios(), now.inputs(), months));
    }

    private static ScenarioComparison compared(
            List<GrowthScenario> scenarios, @Nullable GrowthInputs live, int months) {
        List<ScenarioView> views = new ArrayList<>();
        GrowthModel first = null;
        for (GrowthScenario scenario : scenarios) {
            GrowthInputs inputs = scenario.inputs() == null ? Objects.requireNonNull(live) : scenario.inputs();
            GrowthModel model = new GrowthModel(inputs, months);
            views.add(model.view(scenario.name(), first));
            first = first == null ? model : first;
        }
        return new ScenarioComparison(views);
    }

    static DoublingView doubling(DoublingInputs inputs) {
        checkNotNegative(inputs.averageBill(), "/averageBill");
        return DoublingModel.of(inputs);
    }

    static LoyaltyView loyalty(LoyaltyInputs inputs) {
        checkNotNegative(inputs.fixedCost(), "/fixedCost");
        inputs.levels().forEach(level -> checkNotNegative(level.averageBill(), "/levels"));
        return LoyaltyModel.of(inputs);
    }

    private static void checkNotNegative(Money amount, String pointer) {
        if (amount.kopecks() < 0) {
            throw ProblemException.invalidField(pointer, "must-not-be-negative", "Amounts must not be negative");
        }
    }
}
