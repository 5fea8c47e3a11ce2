package io.snowball.customer.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.customer.profile.CustomerDataApi.CustomerData;
import io.snowball.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BadRequestException;

/** JSON Merge Patch (RFC 7396) of a customer. */
@ApplicationScoped
class CustomerPatches {
    private final ObjectMapper json;

    CustomerPatches(ObjectMapper json) {
        this.json = json;
    }

    CustomerData apply(CustomerState state, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw ProblemException.invalidField("", "wrong-type", "Send an object with the fields to change");
        }
        ObjectNode known = json.valueToTree(CustomerData.of(state));
        merge(known, changes);
        try {
            return json.treeToValue(known, CustomerData.class);
        } catch (JsonProcessingException unreadable) {
            // The mapper of problems knows what to tell of it, and what not.
            throw new BadRequestException(unreadable);
        }
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode changes) {
                ObjectNode inner = target.get(field.getKey()) instanceof ObjectNode known
                        ? known
                        : target.putObject(field.getKey());
                merge(inner, changes);
            } else {
                target.set(field.getKey(), value);
            }
        });
    }
}
