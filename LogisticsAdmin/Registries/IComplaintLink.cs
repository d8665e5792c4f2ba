using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// Where people complain about a thing whose kind has an <see cref="IComplaintSubject"/>. Pages of such things show the link where there is one.
/// </summary>
public interface IComplaintLink
{
    LocalName Label { get; }

    string AddressOf(string kind, string key);
}
