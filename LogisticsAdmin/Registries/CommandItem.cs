using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A command for everybody in the office unless <see cref="Only"/> says otherwise.</summary>
public sealed record CommandItem(int Order, string Key, LocalName Label) : ICommandItem
{
    public string? Address { get; init; }
    public Type? Dialog { get; init; }
    public string? Presses { get; init; }
    public Func<Actor, bool>? Only { get; init; }
    public Func<object, string>? After { get; init; }

    public bool IsFor(Actor actor) => actor.IsOffice && (Only?.Invoke(actor) ?? true);

    public string? AddressAfter(object? result) => result is null ? null : After?.Invoke(result);
}
