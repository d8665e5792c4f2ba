using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A thing somebody complains about: what it is called, and where the acting person opens it. The crew that worked on it, if there is one.</summary>
public sealed record ComplaintSubject(LocalName Name, string Address, long? CrewId = null, long? RoomId = null);
