using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary>What can be wrong with the storage, each in one sentence in both languages.</summary>
internal static class StorageProblems
{
    // ENOSPC and EDQUOT of Linux; ERROR_DISK_FULL of Windows.
    public static bool IsDiskFull(IOException e) => e.HResult is 28 or 122 or unchecked((int)0x80070070);

    extension(StartupProblem)
    {
        public static StartupProblem InUse(string directory, Exception? e = null) => new(
            $"The storage directory {directory} is in use by another running LogisticsAdmin. Stop the other one, or set Storage__Directory. " +
            "存储目录正被另一个进程使用，请先停止它，或修改 Storage__Directory。", e);

        public static StartupProblem ReadOnly(string directory, Exception? e = null) => new(
            $"The storage directory {directory} can't be written. Give this user write access, or set Storage__Directory. " +
            "存储目录不可写，请检查权限，或修改 Storage__Directory。", e);

        public static StartupProblem Full(string directory, Exception? e = null) => new(
            $"There is no space left for the storage directory {directory}. Free some space and start again. " +
            "存储目录所在磁盘空间不足，请清理后重试。", e);

        public static StartupProblem Unwritable(string directory, Exception e) =>
            e is IOException full && IsDiskFull(full) ? Full(directory, e) : ReadOnly(directory, e);

        public static StartupProblem Corrupt(string database, Exception? e = null) => new(
            $"{database} is not a healthy database. Restore a backup with the command restore FILE. " +
            "数据库已损坏，请用 restore 命令恢复备份。", e);

        public static StartupProblem Locked(string database, Exception? e = null) => new(
            $"{database} is locked by another program. Close whatever has it open and start again. " +
            "数据库被其他程序锁定，请关闭后重试。", e);

        public static StartupProblem Newer(string database) => new(
            $"{database} was written by a newer version of LogisticsAdmin. Install that version, or restore an older backup. " +
            "数据库由更新版本写入，请安装新版本或恢复旧备份。");

        public static StartupProblem TooOld(string database) => new(
            $"{database} was written by a version of LogisticsAdmin that is too old for this one. Start the version before this one once, " +
            "or restore a newer backup. 数据库版本过旧，无法直接升级。请先用上一个版本启动一次，或恢复较新的备份。");

        public static StartupProblem Missing(string database) => new(
            $"There is no database {database}. Start the app once, or set Storage__Directory. " +
            "没有找到数据库，请先启动一次，或检查 Storage__Directory。");
    }
}
