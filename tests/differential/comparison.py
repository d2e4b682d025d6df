"""Two views of a message, ours and Python's, beside each other."""
import deviations
import python_view

KEYS = ("type", "filename", "charset", "sha256", "text", "defects")


def header_differences(ours, theirs, octets, policy):
    names = [[name for name, _ in part["headers"]] for part in (ours, theirs)]
    if names[0] != names[1]:
        yield deviations.difference("names", {**ours, "names": names[0]}, {**theirs, "names": names[1]}, octets, policy)
        return
    for (_, our_value), (_, their_value) in zip(ours["headers"], theirs["headers"]):
        if our_value.strip() != their_value.strip():
            yield deviations.difference("value", {**ours, "value": our_value}, {**theirs, "value": their_value}, octets,
                                        policy)


def differences(ours, theirs, octets, policy):
    """All there are, part by part; behind a difference in type or in the number of children nothing is compared."""
    if policy == "compat32":  # the other one puts the values of structured fields into a form of its own
        yield from header_differences(ours, theirs, octets, policy)
    if theirs["sha256"] == python_view.NOT_READ and ours["type"] == theirs["type"]:
        return
    for key in KEYS:
        if ours[key] != theirs[key]:
            yield deviations.difference(key, ours, theirs, octets, policy)
            if key == "type":
                return
    counts = [None if part["parts"] is None else len(part["parts"]) for part in (ours, theirs)]
    if counts[0] != counts[1]:
        yield deviations.difference("parts", ours, theirs, octets, policy)
        return
    for our_child, their_child in zip(ours["parts"] or [], theirs["parts"] or []):
        yield from differences(our_child, their_child, octets, policy)


def compare(our_view, octets):
    """The names of the deviations that account for every difference; and the first one that none accounts for."""
    names = set()
    for policy in python_view.POLICIES:
        for one in differences(our_view, python_view.view(octets, policy), octets, policy):
            name = deviations.name_of(one)
            if name is None:
                return names, one
            names.add(name)
    return names, None
