package io.snowball.segmentation.report;

import static java.util.Map.entry;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says once for the contract what the parameters of reports and models mean; what an endpoint says itself stays. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ReportParametersFilter implements OASFilter {
    private record Meaning(String description, Object example) {}

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("from", new Meaning("The first day of the period (UTC)", "2026-09-01")),
            entry("to", new Meaning("Its last day, counted too; at most ten years after the first", "2026-11-30")),
            entry("compare", new Meaning("The period to compare with", "YEAR_AGO")),
            entry(
                    "activeDays",
                    new Meaning("Who ordered within so many days before a moment is a client at that moment", 90)),
            entry("windowDays", new Meaning("For how many days after a purchase the next one is waited for", 90)),
            entry("points", new Meaning("Percentage points by which the conversion is supposed to grow", 5)),
            entry("targetPercent", new Meaning("How likely the next purchase is to be, in per cent", 60)),
            entry("purchases", new Meaning("Up to which purchase of a customer to count", 20)),
            entry("by", new Meaning("What counts as a product", "SKU")),
            entry("customersMin", new Meaning("Products with fewer buyers are left out", 30)),
            entry("rows", new Meaning("So many products at most", 50)),
            entry("basis", new Meaning("After which event of a message an order is said to follow it", "OPENED")),
            entry("attributionDays", new Meaning("For how many days after it", 7)),
            entry("margin", new Meaning("The part of revenue that is profit before the campaigns' cost", 0.4)),
            entry(
                    "campaignId",
                    new Meaning("The campaign's id; an unknown one is a 404", "01890a5d-ac96-774b-bcce-b302099a8057")),
            entry("startOn", new Meaning("The first day of the year that the goals are for", "2027-01-01")),
            entry("step", new Meaning("One of the ten steps", "SEGMENTATION_MODEL")),
            entry("months", new Meaning("So many whole months before the current one", 12)),
            entry("growth", new Meaning("By which part each factor is to grow", 0.2)),
            entry("discountShare", new Meaning("The discount, as a part of the price", 0.1)),
            entry("responseShare", new Meaning("The part of customers supposed to respond", 0.3)),
            entry("extraPurchasesShare", new Meaning("By which part those are supposed to buy more", 0.25)),
            entry("marginShare", new Meaning("The part of the full price that is margin", 0.4)),
            entry("fixedCost", new Meaning("What running the programme costs in a year, in the currency", 500000)));

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        contract.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/api/v1/reports/") || path.startsWith("/api/v1/economics/")) {
                item.getOperations().values().stream()
                        .map(Operation::getParameters)
                        .filter(Objects::nonNull)
                        .forEach(parameters -> parameters.forEach(ReportParametersFilter::describe));
            }
        });
    }

    private static void describe(Parameter parameter) {
        Meaning meaning = MEANINGS.get(parameter.getName());
        if (meaning != null && parameter.getDescription() == null) {
            parameter.setDescription(meaning.description());
        }
        if (meaning != null && parameter.getExample() == null && parameter.getExamples() == null) {
            parameter.setExample(meaning.example());
        }
    }
}
