using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// Something that can be done from the search box on every office page. It goes to an address, opens a dialog, or presses an element of the
/// page; exactly one of <see cref="Address"/>, <see cref="Dialog"/> and <see cref="Presses"/> is set.
/// </summary>
public interface ICommandItem
{
    /// <summary>The place among the other commands, the lowest first.</summary>
    int Order { get; }

    /// <summary>Names the command in one or more English words; its option has it in the attribute data-command.</summary>
    string Key { get; }

    LocalName Label { get; }

    /// <summary>The page that does it.</summary>
    string? Address { get; }

    /// <summary>The component of a dialog without parameters that must be set.</summary>
    Type? Dialog { get; }

    /// <summary>A CSS selector of the element; the command is offered only where the open page has it.</summary>
    string? Presses { get; }

    /// <summary>Whether the person may do it.</summary>
    bool IsFor(Actor actor);

    /// <summary>Where the person goes after the dialog was sent with this result; null to stay.</summary>
    string? AddressAfter(object? result);
}
