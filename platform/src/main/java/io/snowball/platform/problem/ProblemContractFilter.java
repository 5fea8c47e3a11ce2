package io.snowball.platform.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Adds to every operation of the contract what every operation can answer: a problem. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemContractFilter implements OASFilter {
    @Override
    public Operation filterOperation(Operation operation) {
        var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
        var content = OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema));
        // The framework's 401 and 403 say nothing of a body; default says it for every status.
        operation.getResponses().getAPIResponses().entrySet().stream()
                .filter(response ->
                        response.getKey().startsWith("4") && response.getValue().getContent() == null)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(operation.getResponses()::removeAPIResponse);
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse().description("Problem").content(content));
        return operation;
    }
}
