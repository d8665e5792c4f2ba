using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>A figure of somebody from a month on: what has at most one target in force.</summary>
internal sealed record TargetKey(string Figure, TargetScope Scope, long ScopeId, DateOnly From)
{
    /// <summary>The same number for the same key, for what needs an id: targets themselves are replaced and not changed.</summary>
    public long Number => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Figure}|{(int)Scope}|{ScopeId}|{From:yyyy-MM-dd}")))) & long.MaxValue;

    public static TargetKey Of(ReportTarget target) => new(target.Figure, target.Scope, target.ScopeId, target.From);
}
