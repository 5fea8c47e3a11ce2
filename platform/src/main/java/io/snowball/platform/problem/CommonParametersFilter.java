package io.snowball.platform.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.jspecify.annotations.Nullable;

/** Says once for the whole contract what is the same everywhere: parameters, and what an id looks like; what an endpoint says itself stays. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonParametersFilter implements OASFilter {
    private static final String AN_ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    private record Meaning(String description, @Nullable Object example) {}

    private static final Map<String, Meaning> MEANINGS = Map.of(
            "cursor",
            new Meaning(
                    "Where to go on: nextCursor of the page before, as it came; absent for the first page",
                    "MjAyNi0xMS0yMQ"),
            "limit",
            new Meaning("So many items a page at most", 50),
            "Idempotency-Key",
            new Meaning(
                    "A UUID that names this request: sent again within 30 days it gets the same answer and does nothing."
                            + " With another body it is refused with 422, while the first is under way with 409",
                    AN_ID),
            "If-Match",
            new Meaning(
                    "The ETag of the version that you have seen; refused with 412 where somebody was faster", "\"3\""),
            "Accept-Language",
            new Meaning("As browsers send it: the page is in Russian or in English", "ru-RU,ru;q=0.9"),
            "managerId",
            new Meaning("Only what this user has to do with, by id or login", "manager-7"));

    @Override
    public Parameter filterParameter(Parameter parameter) {
        Meaning meaning = meaning(parameter);
        if (meaning != null && parameter.getDescription() == null) {
            parameter.setDescription(meaning.description());
        }
        if (meaning != null
                && meaning.example() != null
                && parameter.getExample() == null
                && parameter.getExamples() == null) {
            parameter.setExample(meaning.example());
        }
        return parameter;
    }

    @Override
    public Schema filterSchema(Schema schema) {
        if ("uuid".equals(schema.getFormat()) && schema.getExamples() == null) {
            schema.setExamples(List.of(AN_ID));
        }
        return schema;
    }

    private static @Nullable Meaning meaning(Parameter parameter) {
        String name = parameter.getName();
        if (parameter.getIn() != In.PATH) {
            return MEANINGS.get(name);
        }
        return switch (name) {
            case "id" ->
                new Meaning("The id that the answer to its creation or a list gave; an unknown one is a 404", AN_ID);
            case "customerId" -> new Meaning("The customer's id; an unknown one is a 404", AN_ID);
            case "token" ->
                new Meaning("As it stands in the link of the message; it says who and what for", "AZCgXayWd0s.k3Jf");
            case "name", "code" -> new Meaning("What it is called, or is to be called where this makes it", null);
            default -> null;
        };
    }
}
