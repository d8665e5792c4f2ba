using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Operations;

/// <summary>What the page of operations shows.</summary>
public sealed record OperationsView(
    IReadOnlyList<BackupFile> Backups, BackupRecord Record, BackupOptions Schedule, string Folder, long DatabaseBytes, long FreeBytes);
